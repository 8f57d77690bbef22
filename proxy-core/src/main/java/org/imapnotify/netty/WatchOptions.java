package org.imapnotify.netty;

import java.time.Duration;

/**
 * How an account is watched; all its sessions share this.
 *
 * @param connections upstream connections for one account: one asks STATUS, the others IDLE
 * @param pollInterval time from one STATUS round to the next; what the upstream pays and how late an event may be
 */
public record WatchOptions(WatchMode mode, int connections, Duration pollInterval) {
    public static final int DEFAULT_CONNECTIONS = 2;
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(30);
    /** Far beyond sense (Dovecot allows a user 10 per address by default), but an operator may have raised the limit. */
    private static final int MOST_CONNECTIONS = 64;

    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_POLL = Duration.ofDays(1);

    // After the limits, which its construction reads.
    public static final WatchOptions DEFAULT =
            new WatchOptions(WatchMode.AUTO, DEFAULT_CONNECTIONS, DEFAULT_POLL_INTERVAL);

    public WatchOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new InvalidOptionException("watch-connections", connections, "1 to " + MOST_CONNECTIONS);
        }
        if (pollInterval.compareTo(SHORTEST_POLL) < 0 || pollInterval.compareTo(LONGEST_POLL) > 0) {
            throw new InvalidOptionException("poll-interval", pollInterval, "a time from 50ms to 24h");
        }
    }
}
