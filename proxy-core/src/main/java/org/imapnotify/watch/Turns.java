package org.imapnotify.watch;

/**
 * When rounds begin: at the intervals of the {@link Schedule}, longer where less may be asked; at once when what happened meanwhile
 * has to be looked for everywhere; and soon when names are known to have changed.
 */
final class Turns {
    /** A script that creates a thousand mailboxes has them listed a fifth of the time at most. */
    private static final int NAMES_PAUSE = 4;

    private final Schedule schedule;
    private final Pacing pacing;
    private long nextAt;
    /** A round is due and perhaps not paid for yet: its interval is reckoned once. */
    private boolean begun;

    private long interval;
    private long begunAt;
    private boolean again;
    private boolean namesDirty;
    private long namesNotBefore;

    Turns(Schedule schedule, Pacing pacing) {
        this.schedule = schedule;
        this.pacing = pacing;
    }

    /** The connection is up: nobody has seen what happened until now. */
    void start(boolean listStatus, long now) {
        schedule.begin(listStatus);
        nextAt = now;
    }

    /** Everything is looked at as soon as the round under way is over. */
    void lookAgain() {
        again = true;
    }

    /** No round is under way: true when everything is to be looked at now. */
    boolean isDue(boolean listStatus, long now) {
        if (again) {
            again = false;
            start(listStatus, now);
        }
        if (now - nextAt < 0) {
            return false;
        }
        if (!begun) {
            begun = true;
            interval = schedule.next();
        }
        return true;
    }

    /** Names are known to have changed. */
    void namesChanged() {
        namesDirty = true;
    }

    /** No round is under way: true when the names are to be listed though nothing else is due. */
    boolean namesAreDue(long now) {
        return namesDirty && now - namesNotBefore >= 0;
    }

    /** A round is paid for and begins. */
    void began(Round.Plan plan, long now) {
        if (plan.full()) {
            begun = false;
            begunAt = now;
            nextAt = now + pacing.stretch(interval, now);
        }
        namesDirty &= !plan.list();
    }

    /**
     * @param nanos that it took
     * @param patient what it waited for was its moment on a connection that is lent, not the upstream, which has only just been asked
     */
    void finished(Round.Plan plan, long nanos, boolean patient, long now) {
        if (plan.full()) {
            schedule.finished();
            nextAt = begunAt + pacing.stretch(interval, now); // the round may have shown that it is too much
        }
        namesNotBefore = now + nanos * NAMES_PAUSE;
        if (patient && now - nextAt >= 0) {
            nextAt = now + pacing.stretch(schedule.next(), now);
        }
    }

    /** When no round is under way: the time of the next. */
    long dueAt() {
        return namesDirty ? Math.min(nextAt, namesNotBefore) : nextAt;
    }

    /** The connection is gone. */
    void forget() {
        begun = false;
        again = false;
        namesDirty = false;
    }
}
