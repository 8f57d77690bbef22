package org.imapnotify.netty;

import java.time.Duration;

/**
 * How an account is watched; all its sessions share this.
 *
 * @param connections upstream connections for one account: one asks STATUS, the others IDLE
 * @param budget the most that all this may cost
 */
public record WatchOptions(WatchMode mode, int connections, IntervalOptions intervals, BudgetOptions budget) {
    public static final int DEFAULT_CONNECTIONS = 2;
    /** Far beyond sense (Dovecot allows a user 10 per address by default), but an operator may have raised the limit. */
    private static final int MOST_CONNECTIONS = 64;

    // After the limits, which its construction reads.
    public static final WatchOptions DEFAULT =
            new WatchOptions(WatchMode.AUTO, DEFAULT_CONNECTIONS, IntervalOptions.DEFAULT_POLL);

    /** With the other intervals that go with this poll interval, and the default budget. */
    public WatchOptions(WatchMode mode, int connections, Duration pollInterval) {
        this(mode, connections, IntervalOptions.of(pollInterval), BudgetOptions.DEFAULT);
    }

    public WatchOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new InvalidOptionException("watch-connections", connections, "1 to " + MOST_CONNECTIONS);
        }
    }
}
