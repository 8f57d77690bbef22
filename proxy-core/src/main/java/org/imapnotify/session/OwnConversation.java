package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.imapnotify.session.OwnCommand.IdleAsked;
import org.imapnotify.session.OwnCommand.IdleUnwanted;
import org.imapnotify.session.OwnCommand.Idling;
import org.imapnotify.session.OwnCommand.Leaving;
import org.imapnotify.session.OwnCommand.None;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.OwnCommand.Running;

/** Sends the proxy's own commands on the session's upstream connection and follows them: the states of {@link OwnCommand}. */
final class OwnConversation {
    private static final byte[] DONE = "DONE\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SessionOutput out;
    private final Supplier<Duration> idle;
    private final String prefix;
    private long sent;
    private OwnCommand state = new None();
    private byte[] tag = {};

    /** @param idle how long an IDLE lasts before it is renewed */
    OwnConversation(Supplier<Duration> idle, SessionOutput out, String prefix) {
        this.idle = idle;
        this.out = out;
        this.prefix = prefix;
    }

    OwnCommand state() {
        return state;
    }

    boolean isNone() {
        return state instanceof None;
    }

    boolean isIdling() {
        return state instanceof Idling;
    }

    boolean isLeaving() {
        return state instanceof Leaving;
    }

    boolean runs(Purpose purpose) {
        return state instanceof Running running && running.purpose() == purpose;
    }

    /** What NOTIFY SET has to wait for: news of the selected mailbox. */
    boolean asksForSelected() {
        return runs(Purpose.SET_NOOP)
                || runs(Purpose.FETCH_FLAGS)
                || runs(Purpose.FETCH_NEW)
                || runs(Purpose.LEARN_UIDS);
    }

    void idle() {
        send("IDLE");
        state = new IdleAsked();
    }

    void run(Purpose purpose, String command) {
        send(command);
        state = new Running(purpose);
    }

    /** The connection is lent to {@link InlineWatch}, whose commands have tags of their own. */
    void lend() {
        if (!isNone()) {
            throw new IllegalStateException("lent while " + state);
        }
        state = new Running(Purpose.INLINE);
        tag = new byte[0];
        out.timer(SessionTimer.OWN_COMPLETION, SessionOptions.OWN_COMPLETION);
    }

    /** The client wants its connection: an IDLE is ended, anything else ends by itself. */
    void wantBack() {
        if (state instanceof IdleAsked) {
            state = new IdleUnwanted();
        } else if (state instanceof Idling) {
            done();
        }
    }

    /** True when the continuation was for the own IDLE. */
    boolean onContinuation() {
        if (state instanceof IdleAsked) {
            state = new Idling();
            out.cancel(SessionTimer.OWN_COMPLETION);
            out.timer(SessionTimer.OWN, idle.get());
            return true;
        }
        if (state instanceof IdleUnwanted) {
            done();
            return true;
        }
        return false;
    }

    /** Whether the tag at {@code from..to} is that of the own command in flight. */
    boolean owns(ByteBuf buf, int from, int to) {
        if (isNone() || runs(Purpose.INLINE) || to - from != tag.length) {
            return false;
        }
        for (int i = tag.length - 1; i >= 0; i--) {
            if (buf.getByte(from + i) != tag[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the tag of the own command in flight. */
    boolean isTag(String other) {
        return !isNone() && other.equals(new String(tag, StandardCharsets.US_ASCII));
    }

    /** The own command is completed: gives what it was. */
    OwnCommand onTagged() {
        OwnCommand ended = state;
        state = new None();
        out.cancel(SessionTimer.OWN);
        out.cancel(SessionTimer.OWN_COMPLETION);
        return ended;
    }

    private void done() {
        out.toUpstream(DONE);
        out.timer(SessionTimer.OWN_COMPLETION, SessionOptions.OWN_COMPLETION);
        state = new Leaving();
    }

    private void send(String command) {
        if (!isNone()) {
            throw new IllegalStateException(command + " while " + state);
        }
        String name = prefix + ++sent;
        tag = name.getBytes(StandardCharsets.US_ASCII);
        out.toUpstream((name + ' ' + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.timer(SessionTimer.OWN_COMPLETION, SessionOptions.OWN_COMPLETION);
    }
}
