package org.imapnotify.session;

import org.imapnotify.session.Session.Phase;
import org.imapnotify.wire.CommandName;

/** How a session ends: who is told what, and which cause is written down. */
final class Ending {
    private final Session session;
    private CloseCause causeOnClose = CloseCause.UPSTREAM_CLOSED;
    private String farewell = "";

    Ending(Session session) {
        this.session = session;
    }

    void upstreamUnreachable(String why) {
        unavailable(CloseCause.UPSTREAM_UNREACHABLE, why);
    }

    void upstreamBrokeProtocol(String what) {
        unavailable(CloseCause.UPSTREAM_PROTOCOL_ERROR, "the mail server broke the protocol: " + what);
    }

    void upstreamSilent() {
        unavailable(CloseCause.UPSTREAM_SILENT, "the mail server does not answer");
    }

    /** RFC 5530: the client may try again later, and need not show its user a wrong password. */
    private void unavailable(CloseCause cause, String why) {
        bye(cause, "[UNAVAILABLE] ", why);
    }

    /** A login has taken too long: the upstream's fault while it owes the answer to one. */
    void loginOverdue() {
        if (session.client().mode() instanceof ClientMode.Busy) {
            upstreamSilent();
        } else {
            bye(CloseCause.TIMEOUT, "", "Disconnected for inactivity.");
        }
    }

    void shutdown() {
        unavailable(CloseCause.SHUTDOWN, "the proxy is shutting down");
    }

    void kicked() {
        bye(CloseCause.KICKED, "", "disconnected by the administrator");
    }

    /** Others need the place of a client that has not logged in. */
    void crowdedOut() {
        unavailable(CloseCause.LIMIT, "too many connections that have not logged in");
    }

    void tooManyFailedLogins() {
        bye(CloseCause.LIMIT, "", "too many failed logins");
    }

    /** The client's last command is answered, and the connection ends. */
    void clientBrokeProtocol(String what) {
        if (session.upstreamFragmenter().atMessageBoundary()) {
            session.out().toClient(UpstreamSide.octets("* BAD " + what + "\r\n"));
        }
        bye(CloseCause.CLIENT_PROTOCOL_ERROR, "", what);
    }

    /**
     * The upstream says that it will close: what it says goes on, nothing is added to it.
     *
     * @param text its response, from the word BYE on
     */
    void upstreamSaidBye(String text) {
        causeOnClose = loggedOut(CloseCause.UPSTREAM_BYE);
        farewell = causeOnClose == CloseCause.UPSTREAM_BYE ? text.strip() : "";
        session.phase(Phase.ENDED);
        session.notifications().end();
    }

    void upstreamClosed() {
        if (session.isEnded()) {
            session.out().end(causeOnClose, farewell);
        } else {
            unavailable(CloseCause.UPSTREAM_CLOSED, "the mail server closed the connection");
        }
    }

    void clientClosed() {
        session.phase(Phase.ENDED);
        session.out().end(loggedOut(CloseCause.CLIENT_CLOSED), "");
    }

    private CloseCause loggedOut(CloseCause otherwise) {
        return session.inFlight().has(CommandName.LOGOUT) ? CloseCause.CLIENT_LOGOUT : otherwise;
    }

    /** Inside a literal nothing can be said: a client must not take half a message for a whole one. */
    private void bye(CloseCause cause, String code, String why) {
        if (!session.isEnded()) {
            session.phase(Phase.ENDED);
            if (session.upstreamFragmenter().atMessageBoundary()) {
                session.out().toClient(UpstreamSide.octets("* BYE " + code + why + "\r\n"));
            }
            session.notifications().end();
        }
        session.out().end(cause, why);
    }
}
