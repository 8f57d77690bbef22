package org.imapnotify.watch;

import java.time.Duration;

/**
 * How often an account is asked.
 *
 * @param poll from the start of a round to the start of the next
 * @param slowest the most that a mailbox which has been quiet for long is left alone
 * @param metadata from one look at all annotations to the next
 * @param safety from one look to the next at what the upstream's own NOTIFY tells of: an upstream may forget; never more often than
 *     a quiet mailbox
 */
public record WatchIntervals(Duration poll, Duration slowest, Duration metadata, Duration safety) {
    public static final Duration DEFAULT_SAFETY = Duration.ofMinutes(10);

    /** With the default for what the upstream's own NOTIFY tells of. */
    public WatchIntervals(Duration poll, Duration slowest, Duration metadata) {
        this(poll, slowest, metadata, DEFAULT_SAFETY);
    }

    public WatchIntervals {
        requirePositive("poll", poll);
        requirePositive("metadata", metadata);
        if (slowest.compareTo(poll) < 0) {
            throw new IllegalArgumentException("the slowest interval is below the poll interval: " + slowest);
        }
    }

    private static void requirePositive(String name, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the " + name + " interval must be positive, not " + interval);
        }
    }

    /** Modest: what is new in a mailbox that has been quiet for long is late by two poll intervals at most. */
    public static Duration slowest(Duration poll) {
        return poll.multipliedBy(2);
    }
}
