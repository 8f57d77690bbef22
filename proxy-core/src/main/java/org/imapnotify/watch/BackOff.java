package org.imapnotify.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Times between attempts: doubled at each failure from a second to a minute, less up to a quarter so that many do not come at once. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private long nanos = FIRST.toNanos();

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The time until the next attempt, but at least what the upstream asks for. */
    long next(Duration atLeast) {
        long wait = (long) (nanos * (1 - JITTER * random.nextDouble()));
        nanos = Math.min(nanos * 2, LONGEST.toNanos());
        return Math.max(wait, atLeast.toNanos());
    }

    /** It works: the next failure is a first one. */
    void reset() {
        nanos = FIRST.toNanos();
    }
}
