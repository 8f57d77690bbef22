package org.imapnotify.netty;

import java.time.Duration;
import org.imapnotify.watch.WatchIntervals;

/**
 * How an account is watched; all its sessions share this.
 *
 * @param connections upstream connections for one account: one asks STATUS, the others IDLE
 * @param pollInterval time from one STATUS round to the next; what the upstream pays and how late an event may be
 * @param quietInterval the most that a mailbox is left alone which has been quiet for ten times as long
 * @param metadataInterval the same for annotations (RFC 5464), of which each mailbox is asked
 */
public record WatchOptions(
        WatchMode mode, int connections, Duration pollInterval, Duration quietInterval, Duration metadataInterval) {
    public static final int DEFAULT_CONNECTIONS = 2;
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(30);
    /** Far beyond sense (Dovecot allows a user 10 per address by default), but an operator may have raised the limit. */
    private static final int MOST_CONNECTIONS = 64;

    /** Annotations change rarely, and each mailbox costs a command. */
    private static final int POLLS_PER_METADATA = 10;

    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_POLL = Duration.ofDays(1);

    // After the limits, which its construction reads.
    public static final WatchOptions DEFAULT =
            new WatchOptions(WatchMode.AUTO, DEFAULT_CONNECTIONS, DEFAULT_POLL_INTERVAL);

    /** With the other intervals that go with this poll interval. */
    public WatchOptions(WatchMode mode, int connections, Duration pollInterval) {
        this(mode, connections, pollInterval, WatchIntervals.slowest(pollInterval), metadataInterval(pollInterval));
    }

    public WatchOptions withMetadataInterval(Duration interval) {
        return new WatchOptions(mode, connections, pollInterval, quietInterval, interval);
    }

    public WatchOptions withQuietInterval(Duration interval) {
        return new WatchOptions(mode, connections, pollInterval, interval, metadataInterval);
    }

    private static Duration metadataInterval(Duration pollInterval) {
        Duration many = pollInterval.multipliedBy(POLLS_PER_METADATA);
        return many.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : many;
    }

    public WatchOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new InvalidOptionException("watch-connections", connections, "1 to " + MOST_CONNECTIONS);
        }
        if (pollInterval.compareTo(SHORTEST_POLL) < 0 || pollInterval.compareTo(LONGEST_POLL) > 0) {
            throw new InvalidOptionException("poll-interval", pollInterval, "a time from 50ms to 24h");
        }
        if (quietInterval.compareTo(pollInterval) < 0) {
            throw new InvalidOptionException(
                    "poll-interval-quiet", quietInterval, "a time not below the poll interval, " + pollInterval);
        }
        if (metadataInterval.compareTo(SHORTEST_POLL) < 0 || metadataInterval.compareTo(LONGEST_POLL) > 0) {
            throw new InvalidOptionException("metadata-interval", metadataInterval, "a time from 50ms to 24h");
        }
    }
}
