package org.imapnotify.session;

import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.jspecify.annotations.Nullable;

/** Writes what is to be told to the client: when there is a place for it (N-045, N-154), as fast as the client reads. */
final class Telling {
    private final Session session;
    private final Deliveries deliveries;
    private final SetAnswer answer;
    private boolean pacing;
    private @Nullable String overflowOwed;

    Telling(Session session, Deliveries deliveries, SetAnswer answer) {
        this.session = session;
        this.deliveries = deliveries;
        this.answer = answer;
    }

    /** {@link SessionTimer#PACE} is over. */
    void windowEnded() {
        pacing = false;
        deliveries.windowEnded();
        keepTime();
    }

    void keepTime() {
        if (!pacing && deliveries.keepsTime()) {
            pacing = true;
            session.out().timer(SessionTimer.PACE, Pace.WINDOW);
        }
    }

    /** RFC 5465 section 5.8: some of it is lost. */
    void oweOverflow(String why) {
        overflowOwed = why;
    }

    void end() {
        overflowOwed = null;
    }

    void tellOverflow() {
        if (overflowOwed != null) {
            session.out().toClient(UpstreamSide.octets("* OK [NOTIFICATIONOVERFLOW] " + overflowOwed + "\r\n"));
            session.out().notified("overflow");
            overflowOwed = null;
        }
    }

    /** Writes what has gathered, if this is a place for it (N-045, N-154) and the client reads. */
    void deliver() {
        if (!isPlaceToTell()) {
            return;
        }
        tellOverflow();
        answer.tellLateStatus();
        Optional<Registration> registration = session.notifications().registration();
        if (registration.isEmpty() || answer.isOwed() || !deliveries.isPending()) {
            return;
        }
        while (session.out().clientWritable()) {
            Optional<Deliveries.Line> line = deliveries.next(
                    registration.get(),
                    session.selected().name(),
                    session.enabled().condstore(),
                    session.enabled().utf8());
            if (line.isEmpty()) {
                return;
            }
            session.out().toClient(line.get().octets());
            session.out().notified(line.get().event());
            keepTime();
        }
    }

    private boolean isPlaceToTell() {
        ClientMode mode = session.client().mode();
        return session.isAuthenticated()
                && (mode instanceof Commands || mode instanceof OwnIdle)
                && session.clientFragmenter().atMessageBoundary()
                && session.upstreamFragmenter().atMessageBoundary()
                && !session.inFlight().listing()
                && !session.inFlight().changesOthers();
    }
}
