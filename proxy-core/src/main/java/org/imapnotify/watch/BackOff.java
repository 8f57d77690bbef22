package org.imapnotify.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Times between attempts: by chance anything from nothing to a bound that is doubled at each failure, from two seconds to a
 * minute. So accounts that lose their connections together do not come back together.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private long nanos = FIRST.toNanos();

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The time until the next attempt, but at least what the upstream asks for, and then by chance as well. */
    long next(Duration atLeast) {
        long wait = (long) (nanos * random.nextDouble());
        nanos = Math.min(nanos * 2, LONGEST.toNanos());
        return atLeast.toNanos() + wait;
    }

    /** A little by chance, so that those who wait for the same do not ask for it at once. */
    long spread() {
        return (long) (FIRST.toNanos() * random.nextDouble());
    }

    /** It works: the next failure is a first one. */
    void reset() {
        nanos = FIRST.toNanos();
    }
}
