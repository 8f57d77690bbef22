package org.imapnotify.netty;

import java.time.Duration;
import org.imapnotify.watch.WatchIntervals;

/**
 * How often an account is looked at.
 *
 * @param poll time from one STATUS round to the next; what the upstream pays and how late an event may be
 * @param quiet the most that a mailbox is left alone which has been quiet for ten times as long
 * @param metadata from one look at all annotations (RFC 5464), of which each mailbox is asked, to the next
 * @param safety from one look to the next at what the upstream tells by its own NOTIFY
 */
public record IntervalOptions(Duration poll, Duration quiet, Duration metadata, Duration safety) {
    public static final Duration DEFAULT_POLL = Duration.ofSeconds(30);

    /** Annotations change rarely, and each mailbox costs a command. */
    private static final int POLLS_PER_METADATA = 10;

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** With the other intervals that go with this poll interval. */
    public static IntervalOptions of(Duration poll) {
        return new IntervalOptions(poll, WatchIntervals.slowest(poll), metadata(poll), safety(poll));
    }

    private static Duration metadata(Duration poll) {
        Duration many = poll.multipliedBy(POLLS_PER_METADATA);
        return many.compareTo(LONGEST) > 0 ? LONGEST : many;
    }

    private static Duration safety(Duration poll) {
        return poll.compareTo(WatchIntervals.DEFAULT_SAFETY) > 0 ? poll : WatchIntervals.DEFAULT_SAFETY;
    }

    public IntervalOptions {
        requireSensible("poll-interval", poll);
        requireNotBelow("poll-interval-quiet", quiet, poll);
        requireSensible("metadata-interval", metadata);
        requireNotBelow("notify-safety-interval", safety, poll);
    }

    private static void requireSensible(String key, Duration interval) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new InvalidOptionException(key, interval, "a time from 50ms to 24h");
        }
    }

    private static void requireNotBelow(String key, Duration interval, Duration poll) {
        if (interval.compareTo(poll) < 0) {
            throw new InvalidOptionException(key, interval, "a time not below the poll interval, " + poll);
        }
    }

    public IntervalOptions withQuiet(Duration interval) {
        return new IntervalOptions(poll, interval, metadata, safety);
    }

    public IntervalOptions withMetadata(Duration interval) {
        return new IntervalOptions(poll, quiet, interval, safety);
    }

    public IntervalOptions withSafety(Duration interval) {
        return new IntervalOptions(poll, quiet, metadata, interval);
    }

    WatchIntervals toWatch() {
        return new WatchIntervals(poll, quiet, metadata, safety);
    }
}
