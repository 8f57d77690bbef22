package org.imapnotify.session;

import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.upstream.Effect;
import org.imapnotify.wire.MailboxName;

/**
 * How the proxy looks for news of the selected mailbox while the client is quiet, and when that may show EXPUNGE: by IDLE, by NOOP where
 * there is none, or gently where expunges have to wait.
 */
final class SelectedLooks {
    private final Session session;
    private final SelectedEvents events;
    private boolean idleRefused;
    private boolean pollPending;
    private boolean gentleLookRefused;

    SelectedLooks(Session session) {
        this.session = session;
        this.events = new SelectedEvents(session);
    }

    private boolean isSelected() {
        return session.selected().name().isPresent();
    }

    /** IDLE, or the wait for the next NOOP, is to begin as soon as the client is quiet. */
    boolean wantsIdle() {
        return !pollPending && (tellsBetweenCommands() || looksGently());
    }

    /** The client wants to hear of the selected mailbox at all. */
    boolean isAskedFor() {
        return isSelected() && session.isAuthenticated() && events.any();
    }

    /**
     * SELECTED-DELAYED between commands: the upstream is only given commands that must not be answered with EXPUNGE (RFC 3501
     * section 7.4.1), so message sequence numbers stay, and EXISTS and flags come early all the same.
     */
    private boolean looksGently() {
        return isAskedFor()
                && isDelayed()
                && !gentleLookRefused
                && !session.enabled().uidOnly() // SEARCH must not give message sequence numbers (RFC 9586)
                && !tellsBetweenCommands();
    }

    /** The account's watcher has heard of something in this mailbox that the client might be told early. */
    boolean isWorthALook(MailboxName changed) {
        return session.selected().name().filter(changed::equals).isPresent() && looksGently();
    }

    /** Looks for news: with NOOP, or gently. An empty set of messages is the least that can be searched for. */
    void look() {
        if (looksGently()) {
            session.own().run(Purpose.GENTLE_LOOK, "SEARCH NOT ALL");
        } else {
            session.own().run(Purpose.POLL_NOOP, "NOOP");
        }
    }

    /** The client idles now: what was waited for until the next look comes by itself. */
    void clientIdles() {
        session.selected().held().release();
        if (idles()) {
            pollPending = false;
            session.out().cancel(SessionTimer.POLL);
        }
    }

    /** Changes of the selected mailbox are to be told between commands. */
    boolean tellsBetweenCommands() {
        if (!isSelected() || !session.isAuthenticated()) {
            return false;
        }
        if (!events.areDecided()) { // IDLE that the proxy stands in for
            return session.client().mode() instanceof ClientMode.OwnIdle;
        }
        return events.any() && (!isDelayed() || session.client().mode() instanceof ClientMode.OwnIdle);
    }

    /** Expunges have to wait for a command that permits them; IDLE is one (N-201). */
    boolean isDelayed() {
        return events.areDelayed();
    }

    /** An EXPUNGE that comes now may be shown to the client. */
    boolean permitsExpunge() {
        return permitsExpungeAfterIdle() || session.client().mode() instanceof ClientMode.OwnIdle;
    }

    /** As {@link #permitsExpunge}, in the IDLE of the client or not. */
    boolean permitsExpungeAfterIdle() {
        return !isSelected() || (events.any() && !isDelayed());
    }

    /** IDLE, or the next look after the poll interval. */
    void startIdle() {
        session.selected().idleTurns();
        if (idles() && !looksGently()) {
            session.own().idle();
        } else {
            pollPending = true;
            session.out().timer(SessionTimer.POLL, session.quirks().pollInterval());
        }
    }

    /** The upstream has an IDLE that tells something. */
    private boolean idles() {
        return session.capabilities().has("IDLE")
                && !idleRefused
                && !session.quirks().has(Effect.IDLE_SILENT);
    }

    /** The poll interval is over. */
    void pollDue() {
        pollPending = false;
    }

    void idleEnded(boolean ok, OwnCommand state) {
        session.selected().idleTurns();
        boolean began = state instanceof OwnCommand.Idling || state instanceof OwnCommand.Leaving;
        if (!began || (!ok && state instanceof OwnCommand.Idling)) {
            idleRefused = true; // an OK without "+" in front would be asked for again and again
        }
    }

    /** The gentle look is answered. */
    void looked(boolean ok) {
        gentleLookRefused |= !ok;
    }
}
