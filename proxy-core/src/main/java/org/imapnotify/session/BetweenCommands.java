package org.imapnotify.session;

import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.OwnCommand.Purpose;

/**
 * What the session does of its own while nothing of the client is in the way: it learns what the upstream can, fetches what the
 * client is owed, and idles once the client has been quiet.
 */
final class BetweenCommands {
    private final Session session;
    private boolean quietTimer;
    private boolean activeSinceTimer;

    BetweenCommands(Session session) {
        this.session = session;
    }

    /** The client is not quiet. */
    void active() {
        activeSinceTimer = true;
    }

    /** True when a command of the proxy's own may be sent now. */
    boolean isFree() {
        return session.hearsClient() && !session.notifications().isArming() && nothingIsOpen();
    }

    private boolean nothingIsOpen() {
        return session.own().isNone()
                && session.inFlight().isEmpty()
                && session.clientFragmenter().atMessageBoundary();
    }

    /** Does what is due now. */
    void step() {
        if (session.hearsClient()) {
            session.inline().proceed();
        }
        if (!session.hearsClient() || session.notifications().isArming()) {
            return;
        }
        session.notifications().telling().deliver();
        if (nothingIsOpen()) {
            useConnection();
        } else {
            giveWay();
        }
    }

    private void giveWay() {
        boolean wanted = session.selected().owesClient() || session.inline().wants();
        if (session.own().isIdling() && wanted) {
            session.own().wantBack();
        }
        if (session.client().mode() instanceof OwnIdle) {
            session.resumeClient(); // a DONE that came while the upstream was inside a literal
        }
    }

    private void useConnection() {
        if (session.introduction().says()) {
            return;
        }
        if (session.isAuthenticated() && !session.upstreamCapabilities().areKnown()) {
            session.own().run(Purpose.CAPABILITY, "CAPABILITY");
        } else if (!session.compression().asksUpstream() && !session.selected().fetchOwed()) {
            session.resumeClient();
            if (!quietTimer && session.looks().wantsIdle()) {
                waitForQuiet();
            }
        }
    }

    private void waitForQuiet() {
        quietTimer = true;
        activeSinceTimer = false;
        session.out().timer(SessionTimer.QUIET, SessionOptions.QUIET);
    }

    void onQuiet() {
        quietTimer = false;
        if (!session.hearsClient() || !session.looks().wantsIdle()) {
            return;
        }
        if (activeSinceTimer) {
            waitForQuiet();
        } else if (nothingIsOpen()) {
            session.looks().startIdle();
        }
    }

    void onPoll() {
        session.looks().pollDue();
        if (isFree() && session.looks().wantsIdle()) {
            session.looks().look();
        }
    }
}
