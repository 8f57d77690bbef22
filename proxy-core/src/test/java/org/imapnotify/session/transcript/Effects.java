package org.imapnotify.session.transcript;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.SessionOutput;
import org.imapnotify.session.SessionTimer;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.MailboxName;

/** What the session on the {@link Stage} has done to the world. */
final class Effects implements SessionOutput {
    static final String TO_CLIENT = "S";
    static final String TO_UPSTREAM = "up C";
    static final String HINT = "hint";
    /** COMPRESS began here: what follows is compressed, which the transcript does not show. */
    static final String LAYER = "layer";

    private final Stage stage;
    private boolean clientWritable = true;
    private boolean securingClient;
    private boolean securingUpstream;
    private boolean resume;
    private CloseCause ended;

    Effects(Stage stage) {
        this.stage = stage;
    }

    Optional<CloseCause> ended() {
        return Optional.ofNullable(ended);
    }

    boolean isOver() {
        return ended != null;
    }

    boolean securesClient() {
        return securingClient;
    }

    boolean securesUpstream() {
        return securingUpstream;
    }

    void secured() {
        securingClient = false;
        securingUpstream = false;
    }

    void clientReads(boolean reads) {
        clientWritable = reads;
    }

    boolean resumes() {
        return resume;
    }

    /** Whether the client's held fragment is to be offered again; that is done once. */
    boolean takeResume() {
        boolean taken = resume && !isOver();
        resume &= isOver();
        return taken;
    }

    @Override
    public void toClient(byte[] octets) {
        stage.streams().write(TO_CLIENT, octets);
    }

    @Override
    public void toUpstream(byte[] octets) {
        stage.streams().write(TO_UPSTREAM, octets);
    }

    @Override
    public void resumeClient() {
        resume = true;
    }

    @Override
    public boolean clientWritable() {
        return clientWritable;
    }

    @Override
    public void secureClient() {
        securingClient = true;
    }

    @Override
    public void secureUpstream() {
        securingUpstream = true;
    }

    @Override
    public void compressClient() {
        stage.streams().write(LAYER, Notation.line("client").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void compressUpstream() {
        stage.streams().write(LAYER, Notation.line("upstream").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void timer(SessionTimer timer, Duration after) {
        SimulatedTime time = stage.time();
        time.set(timer, time.now() + after.toNanos(), () -> stage.onTimer(timer));
    }

    @Override
    public long nanoTime() {
        return stage.time().now();
    }

    @Override
    public void cancel(SessionTimer timer) {
        stage.time().cancel(timer);
    }

    @Override
    public void end(CloseCause cause, String why) {
        if (ended != null) {
            return;
        }
        ended = cause;
        List.of(SessionTimer.values()).forEach(stage.time()::cancel);
        stage.onEnd();
    }

    @Override
    public void clientIsKnown(boolean known) {}

    @Override
    public void authenticated(Credentials credentials) {
        stage.watching().loggedIn(credentials);
    }

    @Override
    public void unauthenticated() {}

    @Override
    public void loginEnded(String mechanism, Optional<Credentials> who, boolean accepted) {}

    @Override
    public Duration loginDelay() {
        return stage.loginDelay();
    }

    @Override
    public void watch(Credentials credentials, Registration registration) {
        stage.watching().register(credentials, registration);
    }

    @Override
    public void unwatch() {
        stage.watching().leave();
    }

    @Override
    public void hint(MailboxName mailbox) {
        stage.streams().write(HINT, Notation.line(mailbox.octets()).getBytes(StandardCharsets.ISO_8859_1));
        stage.watching().hint(mailbox);
    }

    @Override
    public void hintNames() {
        stage.streams().write(HINT, Notation.line("(names)").getBytes(StandardCharsets.ISO_8859_1));
        stage.watching().hintNames();
    }

    @Override
    public void hintMetadata(MailboxName mailbox) {
        stage.streams()
                .write(HINT, Notation.line("(metadata) " + mailbox.octets()).getBytes(StandardCharsets.ISO_8859_1));
        stage.watching().hintMetadata(mailbox);
    }

    @Override
    public void command(CommandName name) {}

    @Override
    public void commandDone(CommandName name, String result) {}

    @Override
    public void notified(String event) {}

    @Override
    public void registered(boolean inForce) {}
}
