package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.jspecify.annotations.Nullable;

/** The command that the client is in the middle of sending, and what is kept of its octets until the upstream has completed it. */
final class Sending {
    private final Session session;
    private @Nullable Command command;
    private @Nullable Capture capture;

    Sending(Session session) {
        this.session = session;
    }

    /** A command that goes on begins; it is in flight from now on. */
    void begin(CommandName name, ByteBuf buf, int tagEnd, int to) {
        int limit = session.isAuthenticated() || Login.isLogin(name) ? Owned.captureLimit(name) : 0;
        capture = limit == 0 ? null : new Capture(limit);
        boolean condstore = Condstore.isEnabledBy(name, buf, tagEnd, to)
                && session.enabled().mayEnableCondstore();
        command = new Command(Tag.of(buf, buf.readerIndex(), tagEnd), name, capture, condstore);
        session.inFlight().add(command);
        session.out().command(name);
    }

    /** A line that goes on and is no command begins. */
    void beginNone() {
        capture = null;
    }

    /** A fragment goes on. */
    void keep(ByteBuf buf, Fragmenter fragment) {
        if (capture != null) {
            session.inFlight().keep(capture, buf, buf.readerIndex(), fragment.length());
        }
    }

    /** The command that has gone on whole with this fragment; null when none has. */
    @Nullable
    Command endedBy(Fragmenter fragment) {
        Command whole = command;
        if (whole == null || !fragment.endsMessage()) {
            return null;
        }
        command = null;
        if (whole.name() != CommandName.AUTHENTICATE) { // whose capture goes on with the SASL data
            capture = null;
        }
        return whole;
    }

    /**
     * A command is completed. While it was still being sent, its literal is not wanted (RFC 3501 section 7.5); one that is on its way
     * without having been asked for goes on, and nobody waits for an answer at its end.
     */
    @SuppressWarnings("ReferenceEquality") // this very command, not one like it
    void onCompleted(Command completed) {
        if (capture == completed.capture()) {
            capture = null;
        }
        if (command != completed) {
            return;
        }
        command = null;
        if (session.clientFragmenter().awaitingGoAhead()) {
            session.clientFragmenter().refused();
            session.out().resumeClient(); // nothing is held: the fragmenter waited, with what may already lie behind
        }
    }
}
