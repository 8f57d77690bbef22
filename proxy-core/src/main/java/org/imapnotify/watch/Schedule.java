package org.imapnotify.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * Which mailboxes are asked for in a round. Rounds come at the poll interval, a little early by chance, so that the accounts of
 * a proxy do not march in step. A mailbox that has been quiet for long has its turn only in every second, third, ... round: never
 * more seldom than the slowest interval, and never longer apart than a tenth of the time for which it has been quiet. A
 * change or a hint puts it into every round again. Where each mailbox costs a command, the turns of the quiet ones are spread
 * over the rounds; where one LIST asks for all of them (LIST-STATUS), they come together.
 */
final class Schedule {
    private static final int QUIET_SHARE = 10;
    private static final double EARLY = 0.1;

    /** What is told without being asked for. */
    interface Told {
        /** By an IDLE in this mailbox that has been heard. */
        boolean byIdle(MailboxName name);

        /** By the upstream's NOTIFY. */
        boolean byNotify(MailboxName name);

        /** Changes of names, by the upstream's NOTIFY. */
        boolean names();
    }

    private final WatchIntervals intervals;
    private long interval;
    private int mostApart;
    private int safetyApart;
    private final Activity activity;
    private final RandomGenerator random;
    private final Map<MailboxName, Integer> turns = new HashMap<>();
    private final Told told;
    private boolean together;
    private boolean everything;
    private long round;
    private @Nullable Long namesChangedAt;

    /**
     * @param told mailboxes whose changes are told without being asked for: they have their turn as if they were quiet
     */
    Schedule(WatchIntervals intervals, Activity activity, Told told, RandomGenerator random) {
        this.intervals = intervals;
        this.activity = activity;
        this.told = told;
        this.random = random;
        pollEvery(intervals.poll());
    }

    /** From now on rounds come at this interval. */
    void pollEvery(Duration poll) {
        interval = poll.toNanos();
        mostApart = (int) Math.max(1, intervals.slowest().toNanos() / interval);
        safetyApart = (int) Math.max(mostApart, intervals.safety().toNanos() / interval);
    }

    /**
     * All is asked for in the next round: nobody has seen what happened until now.
     *
     * @param listStatus one command asks for all
     */
    void begin(boolean listStatus) {
        together = listStatus;
        everything = true;
    }

    /** A round begins; gives the time until the next. */
    long next() {
        round++;
        return (long) (interval * (1 - EARLY * random.nextDouble()));
    }

    /** The round has been finished. */
    void finished() {
        everything = false;
    }

    boolean isDue(MailboxName name, long now) {
        return everything || isTurn(turn(name), apart(name, now));
    }

    /** The mailboxes are to be listed in this round. */
    boolean isListDue(long now) {
        if (namesChangedAt == null) {
            namesChangedAt = now;
        }
        return everything || isTurn(0, told.names() ? safetyApart : apart(now - namesChangedAt));
    }

    /** From one look at this mailbox to the next, as things are. */
    long interval(MailboxName name, long now) {
        return interval * apart(name, now);
    }

    private int apart(MailboxName name, long now) {
        if (told.byNotify(name)) {
            return safetyApart;
        }
        return told.byIdle(name) ? mostApart : apart(activity.quiet(name, now));
    }

    private boolean isTurn(int turn, int apart) {
        return (round + turn) % apart == 0;
    }

    private int apart(long quiet) {
        return (int) Math.max(1, Math.min(mostApart, quiet / QUIET_SHARE / interval));
    }

    private int turn(MailboxName name) {
        return together ? 0 : turns.computeIfAbsent(name, unseen -> random.nextInt(mostApart));
    }

    /** These are the names now, and they were others before. */
    void namesChanged(Collection<MailboxName> names, long now) {
        namesChangedAt = now;
        turns.keySet().retainAll(names);
        activity.retain(names);
    }

    /** Something may have happened there. */
    void stirred(MailboxName name, long now) {
        activity.stirred(name, now);
    }

    /** Names are about to change, as far as is known. */
    void namesStirred(long now) {
        namesChangedAt = now;
    }

    void clear() {
        turns.clear();
        activity.clear();
        namesChangedAt = null;
    }
}
