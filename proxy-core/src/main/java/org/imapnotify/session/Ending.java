package org.imapnotify.session;

import org.imapnotify.session.Session.Phase;
import org.imapnotify.wire.CommandName;

/** How a session ends: who is told what, and which cause is written down. */
final class Ending {
    private final Session session;
    private CloseCause causeOnClose = CloseCause.UPSTREAM_CLOSED;

    Ending(Session session) {
        this.session = session;
    }

    void upstreamUnreachable(String why) {
        bye(CloseCause.UPSTREAM_UNREACHABLE, "[UNAVAILABLE] " + why);
    }

    void upstreamBrokeProtocol(String what) {
        bye(CloseCause.UPSTREAM_PROTOCOL_ERROR, "[UNAVAILABLE] the mail server broke the protocol: " + what);
    }

    /** The client's last command is answered, and the connection ends. */
    void clientBrokeProtocol(String what) {
        if (session.upstreamFragmenter().atMessageBoundary()) {
            session.out().toClient(UpstreamSide.octets("* BAD " + what + "\r\n"));
        }
        bye(CloseCause.CLIENT_PROTOCOL_ERROR, what);
    }

    /** The upstream says that it will close: what it says goes on, nothing is added to it. */
    void upstreamSaidBye() {
        causeOnClose = loggedOut(CloseCause.UPSTREAM_BYE);
        session.phase(Phase.ENDED);
        session.notifications().end();
    }

    void upstreamClosed() {
        if (session.isEnded()) {
            session.out().end(causeOnClose);
        } else {
            bye(CloseCause.UPSTREAM_CLOSED, "[UNAVAILABLE] the mail server closed the connection");
        }
    }

    void clientClosed() {
        session.phase(Phase.ENDED);
        session.out().end(loggedOut(CloseCause.CLIENT_CLOSED));
    }

    private CloseCause loggedOut(CloseCause otherwise) {
        return session.inFlight().has(CommandName.LOGOUT) ? CloseCause.CLIENT_LOGOUT : otherwise;
    }

    /** Inside a literal nothing can be said: a client must not take half a message for a whole one. */
    void bye(CloseCause cause, String text) {
        if (!session.isEnded()) {
            session.phase(Phase.ENDED);
            if (session.upstreamFragmenter().atMessageBoundary()) {
                session.out().toClient(UpstreamSide.octets("* BYE " + text + "\r\n"));
            }
            session.notifications().end();
        }
        session.out().end(cause);
    }
}
