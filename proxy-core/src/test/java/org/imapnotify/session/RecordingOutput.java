package org.imapnotify.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.MailboxName;

/** Keeps what a part of the session does to the world. */
final class RecordingOutput implements SessionOutput {
    final StringBuilder client = new StringBuilder();
    final StringBuilder upstream = new StringBuilder();
    final Map<SessionTimer, Duration> timers = new EnumMap<>(SessionTimer.class);
    final List<CloseCause> ends = new ArrayList<>();

    @Override
    public void toClient(byte[] octets) {
        client.append(new String(octets, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void toUpstream(byte[] octets) {
        upstream.append(new String(octets, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void resumeClient() {}

    @Override
    public boolean clientWritable() {
        return true;
    }

    @Override
    public void secureClient() {}

    @Override
    public void secureUpstream() {}

    @Override
    public void compressClient() {}

    @Override
    public void compressUpstream() {}

    @Override
    public void timer(SessionTimer timer, Duration after) {
        timers.put(timer, after);
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void cancel(SessionTimer timer) {
        timers.remove(timer);
    }

    @Override
    public void end(CloseCause cause, String why) {
        ends.add(cause);
    }

    @Override
    public void clientIsKnown(boolean known) {}

    @Override
    public void authenticated(Credentials credentials) {}

    @Override
    public void unauthenticated() {}

    @Override
    public void loginEnded(String mechanism, Optional<Credentials> who, boolean accepted) {}

    @Override
    public Duration loginDelay() {
        return Duration.ZERO;
    }

    @Override
    public void watch(Credentials credentials, Registration registration) {}

    @Override
    public void unwatch() {}

    @Override
    public void hint(MailboxName mailbox) {}

    @Override
    public void hintNames() {}

    @Override
    public void hintMetadata(MailboxName mailbox) {}

    @Override
    public void command(CommandName name) {}

    @Override
    public void commandDone(CommandName name, String result) {}

    @Override
    public void notified(String event) {}

    @Override
    public void registered(boolean inForce) {}
}
