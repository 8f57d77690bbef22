package org.imapnotify.watch;

import java.time.Duration;
import org.imapnotify.upstream.ConnectionSettings;

/**
 * How an account is watched.
 *
 * @param connections the most that one account has: the poller, and the others in IDLE
 * @param idleReissue how long an IDLE lasts before it is renewed
 * @param patience what is done when there is no connection
 * @param commandsPerMinute the most that one account is asked, on average; 0 for no limit
 */
public record WatchSettings(
        ConnectionSettings connection,
        WatchIntervals intervals,
        int connections,
        Duration idleReissue,
        Patience patience,
        int commandsPerMinute) {

    /** How long registrations are kept while nothing can be told. */
    public enum Patience {
        /** Until it is plain that the account cannot be watched. */
        LONG,
        /** As {@link #LONG}, but a limit at the first attempt is enough: the sessions know another way. */
        SHORT,
        /** For ever: there is no other way, and the connection lasts as long as the session. */
        ENDLESS
    }

    public static final int DEFAULT_CONNECTIONS = 2;
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(30);

    /** RFC 2177 section 3: at least every 29 minutes. */
    public static final Duration IDLE_REISSUE_LOCAL = Duration.ofMinutes(28);

    /** Remote providers drop connections after 10 minutes in silence (GMX, Mailtraq). */
    public static final Duration IDLE_REISSUE_REMOTE = Duration.ofMinutes(9);

    /** With the default for quiet mailboxes. */
    public WatchSettings(
            ConnectionSettings connection,
            Duration pollInterval,
            int connections,
            Duration idleReissue,
            Duration metadataInterval,
            Patience patience) {
        this(
                connection,
                new WatchIntervals(pollInterval, WatchIntervals.slowest(pollInterval), metadataInterval),
                connections,
                idleReissue,
                patience);
    }

    /** Without a budget. */
    public WatchSettings(
            ConnectionSettings connection,
            WatchIntervals intervals,
            int connections,
            Duration idleReissue,
            Patience patience) {
        this(connection, intervals, connections, idleReissue, patience, 0);
    }

    public WatchSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("at least 1 watch connection is needed, not " + connections);
        }
        if (idleReissue.isNegative() || idleReissue.isZero()) {
            throw new IllegalArgumentException("the IDLE re-issue time must be positive, not " + idleReissue);
        }
    }
}
