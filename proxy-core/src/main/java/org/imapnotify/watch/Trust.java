package org.imapnotify.watch;

import java.time.Duration;

/**
 * Whether something that an upstream advertises is used. What failed gets another chance after half an hour, and after twice as
 * long each time it fails again, a day at most: servers are mended and configured otherwise while accounts are watched.
 */
final class Trust {
    static final Duration FIRST = Duration.ofMinutes(30);
    private static final long LONGEST = Duration.ofDays(1).toNanos();

    private long nextWait = FIRST.toNanos();
    private boolean lost;
    private long until;

    /** It failed at what it advertises. */
    void lose(long now) {
        lost = true;
        until = now + nextWait;
        nextWait = Math.min(2 * nextWait, LONGEST);
    }

    boolean has(long now) {
        lost &= until - now > 0;
        return !lost;
    }
}
