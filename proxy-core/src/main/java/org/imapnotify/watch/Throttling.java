package org.imapnotify.watch;

import java.time.Duration;

/**
 * How much less an account's upstream is asked since it wanted less: not at all for as long as it said, then at longer
 * intervals, which become shorter again step by step.
 */
final class Throttling {
    private static final int MOST = 8;

    /** So long after the rest the intervals are halved, and then again. */
    private static final long EASE = Duration.ofMinutes(2).toNanos();

    private final WatchEvents events;
    private int factor = 1;
    private long restsUntil;
    private boolean told;

    Throttling(WatchEvents events) {
        this.events = events;
    }

    /** The upstream wants less. Answers to what was asked before it said so say it again, and count once. */
    void slowDown(Duration rest, long now) {
        if (!told || now - restsUntil >= 0) {
            factor = Math.min(MOST, stretch(now) * 2);
        }
        restsUntil = told ? Math.max(restsUntil, now + rest.toNanos()) : now + rest.toNanos();
        tell(true);
    }

    /** By how much the intervals are longer now. */
    int stretch(long now) {
        while (factor > 1 && now - restsUntil >= EASE) {
            factor /= 2;
            restsUntil += EASE;
        }
        tell(factor > 1);
        return factor;
    }

    /** Nothing may be asked before. */
    long restsUntil(long now) {
        return factor > 1 && restsUntil - now > 0 ? restsUntil : now;
    }

    /** The watcher is dead. */
    void end() {
        tell(false);
    }

    private void tell(boolean slowed) {
        if (slowed != told) {
            told = slowed;
            events.slowed(slowed);
        }
    }
}
