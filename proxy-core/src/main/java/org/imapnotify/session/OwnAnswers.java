package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.ClientMode.Securing;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Octets;

/** The commands that the proxy answers itself: which they are, when they can be answered, and with what. */
final class OwnAnswers {
    private final Session session;
    private CommandName answering = CommandName.OTHER;

    OwnAnswers(Session session) {
        this.session = session;
    }

    private CapabilityView view() {
        return session.upstreamCapabilities().view();
    }

    /** True when the proxy answers this command itself. */
    boolean owns(CommandName name, ByteBuf buf, int tagEnd, int to) {
        return switch (name) {
            case NOTIFY -> session.upstreamCapabilities().emulateNotify();
            case IDLE -> ownsIdle();
            case STARTTLS -> true;
            case COMPRESS, UNAUTHENTICATE -> session.compression().owns(name);
            case LOGIN -> !view().passwordsAllowed();
            case AUTHENTICATE -> !view().passwordsAllowed() && sendsSecret(buf, tagEnd, to);
            case OTHER -> hidesPassword() && tagEnd + 1 < to && buf.getByte(tagEnd + 1) == ' ';
            default -> false;
        };
    }

    private boolean ownsIdle() {
        return session.isAuthenticated()
                && session.upstreamCapabilities().emulateNotify()
                && (session.notifications().wasAsked()
                        || !session.capabilities().has("IDLE"));
    }

    /**
     * True where a login may not go on: then neither may a line that is no command to the proxy but might be one to a server
     * that forgives more, such as {@code a  LOGIN} with two spaces.
     */
    boolean hidesPassword() {
        return !session.isAuthenticated() && !view().passwordsAllowed();
    }

    private static boolean sendsSecret(ByteBuf buf, int tagEnd, int to) {
        int mechanism = Math.min(Octets.indexOfSpaceOrEnd(buf, tagEnd + 1, to) + 1, to);
        int end = Octets.indexOfSpaceOrEnd(buf, mechanism, to);
        return SaslMechanism.sendsSecret(Octets.latin1(buf, mechanism, end).toUpperCase(Locale.ROOT));
    }

    /** True when a command may go on, or be answered, now; otherwise it is seen to that it can be soon. */
    boolean connectionIsFreeFor(CommandName name, boolean owned) {
        boolean insideResponse = !session.upstreamFragmenter().atMessageBoundary();
        if (session.notifications().isArming()
                || session.introduction().isDue()
                || session.compression().isDue()
                || (owned && insideResponse)) {
            return false;
        }
        boolean dependsOnCapabilities = name == CommandName.NOTIFY || name == CommandName.IDLE;
        if (dependsOnCapabilities
                && session.isAuthenticated()
                && !session.upstreamCapabilities().areKnown()) {
            return false; // Dovecot has NOTIFY after login alone: BetweenCommands asks first
        }
        if ((name == CommandName.NOOP || name == CommandName.CHECK)
                && session.inline().passBefore()) {
            return false;
        }
        OwnConversation own = session.own();
        if (own.isNone() || (owned && name == CommandName.IDLE && own.isIdling())) {
            return true;
        }
        own.wantBack();
        return false;
    }

    /** Answers a command of the proxy's own. */
    void answer(Owned owned) {
        session.out().command(owned.name());
        answering = owned.name();
        switch (owned.name()) {
            case NOTIFY -> session.notifications().command(owned);
            case IDLE -> idle(owned);
            case STARTTLS -> startTls(owned);
            case OTHER -> reply(owned.tag(), "BAD Malformed command.");
            case COMPRESS, UNAUTHENTICATE -> session.compression().answer(owned);
            default -> {
                owned.capture().wipe();
                reply(owned.tag(), "NO [PRIVACYREQUIRED] Passwords are not accepted on an unencrypted connection.");
            }
        }
    }

    /** Completes the command that is being {@linkplain #answer answered}. */
    void reply(Tag tag, String rest) {
        session.out().commandDone(answering, rest.startsWith("OK") ? "ok" : rest.startsWith("NO") ? "no" : "bad");
        session.out().toClient(UpstreamSide.octets(tag + " " + rest + "\r\n"));
    }

    private void idle(Owned owned) {
        session.out().toClient(UpstreamSide.octets("+ idling\r\n"));
        session.client().mode(new OwnIdle(owned.tag()));
        session.looks().clientIdles();
    }

    private void startTls(Owned owned) {
        if (!view().startTlsOffered() || session.isAuthenticated()) {
            reply(owned.tag(), "BAD STARTTLS is not available.");
        } else if (owned.octetsBehind() > 0) { // NO STARTTLS, USENIX Security 2021: command injection
            session.onClientProtocolError("Nothing may be sent behind STARTTLS.");
        } else {
            reply(owned.tag(), "OK Begin TLS negotiation now.");
            session.client().mode(new Securing());
            session.out().secureClient();
        }
    }

    /** A client's DONE has to wait where the EXPUNGEs that are still on their way belong inside the client's IDLE. */
    boolean idleNeedsOwnCommandToEnd() {
        boolean mayEnd = session.notifications().wasAsked()
                && !session.looks().isDelayed()
                && !session.inline().needsClientIdle();
        if (session.own().isNone() || mayEnd) {
            return false;
        }
        session.own().wantBack();
        return true;
    }
}
