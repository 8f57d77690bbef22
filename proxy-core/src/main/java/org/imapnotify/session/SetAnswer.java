package org.imapnotify.session;

import java.time.Duration;
import org.imapnotify.session.OwnCommand.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * A NOTIFY SET on the way to its answer. It is answered when the upstream has been asked for news of the selected mailbox (RFC
 * 5465 section 3.1: as NOOP does) and the account's table is fresh, or after a while without the table: a client waits.
 */
final class SetAnswer {
    /** How long it may wait for the table. */
    private static final Duration ARMING = Duration.ofSeconds(10);

    private record Open(Tag tag, boolean status) {}

    private final Session session;
    private final Deliveries deliveries;
    private @Nullable Open open;
    private boolean tableOwed;
    private boolean statusOwed;
    private boolean statusDue;
    private boolean lost;

    SetAnswer(Session session, Deliveries deliveries) {
        this.session = session;
        this.deliveries = deliveries;
    }

    /** No answer has been given yet. */
    boolean isOwed() {
        return open != null;
    }

    /**
     * {@link #proceed} has to follow.
     *
     * @param status the client wants the STATUS of all mailboxes first
     * @param table other mailboxes are to be watched
     */
    void begin(Tag tag, boolean status, boolean table) {
        forget();
        open = new Open(tag, status);
        tableOwed = table;
        if (session.looks().isAskedFor()) {
            session.own().run(Purpose.SET_NOOP, "NOOP");
        }
        if (table) {
            session.out().timer(SessionTimer.ARMING, ARMING);
        }
    }

    /** Another registration is in force: what this one owed is owed no more. */
    void forget() {
        statusOwed = false;
        statusDue = false;
    }

    void end() {
        forget();
        open = null;
        tableOwed = false;
        lost = false;
    }

    /** The table is asked for in another way. */
    void tableIsOwed() {
        tableOwed = true;
    }

    void tableIsThere() {
        tableOwed = false;
        statusDue = statusOwed;
        proceed();
    }

    /** The upstream takes too long to show its mailboxes: what the client is told of starts when they are there. */
    void overdue() {
        statusOwed = tableOwed && open != null && open.status();
        tableOwed = false;
        proceed();
    }

    /** There will be no table; false when the client has its answer already. */
    boolean lost() {
        tableOwed = false;
        boolean waits = open != null;
        lost |= waits;
        proceed();
        return waits;
    }

    /** Answers if that can be done now. What is pending of the selected mailbox comes first, attributes of new messages too. */
    void proceed() {
        Open answered = open;
        if (answered == null || tableOwed || session.own().asksForSelected()) {
            return;
        }
        if (session.own().isNone() && session.selected().fetchOwed()) {
            return; // of what NOOP has shown, before the answer (N-033)
        }
        open = null;
        session.out().cancel(SessionTimer.ARMING);
        answer(answered);
        session.resumeClient();
    }

    private void answer(Open answered) {
        session.notifications()
                .registration()
                .ifPresent(registration -> deliveries
                        .withoutAccess(registration, session.enabled().utf8())
                        .forEach(session.out()::toClient));
        if (answered.status() && !statusOwed) {
            tellInitialStatus();
        }
        session.reply(answered.tag(), "OK NOTIFY completed.");
        if (lost) {
            lost = false;
            session.notifications().overflow("other mailboxes cannot be watched");
        }
    }

    /** SET was answered before anybody knew the mailboxes: now is the place to tell. */
    void tellLateStatus() {
        if (statusDue && open == null) {
            forget();
            tellInitialStatus();
        }
    }

    private void tellInitialStatus() {
        session.notifications()
                .registration()
                .ifPresent(registration -> deliveries
                        .initial(
                                registration,
                                session.selected().name(),
                                session.enabled().condstoreOffered(),
                                session.enabled().utf8())
                        .forEach(session.out()::toClient));
    }
}
