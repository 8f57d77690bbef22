package org.imapnotify.watch;

import java.time.Duration;
import org.imapnotify.upstream.ConnectionSettings;

/**
 * How an account is watched.
 *
 * @param pollInterval from the start of a round to the start of the next
 * @param connections the most that one account has: the poller, and the others in IDLE
 * @param idleReissue how long an IDLE lasts before it is renewed
 * @param metadataInterval from one look at all annotations to the next
 * @param patience what is done when there is no connection
 */
public record WatchSettings(
        ConnectionSettings connection,
        Duration pollInterval,
        int connections,
        Duration idleReissue,
        Duration metadataInterval,
        Patience patience) {

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

    public WatchSettings {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("the poll interval must be positive, not " + pollInterval);
        }
        if (connections < 1) {
            throw new IllegalArgumentException("at least 1 watch connection is needed, not " + connections);
        }
        if (metadataInterval.isNegative() || metadataInterval.isZero()) {
            throw new IllegalArgumentException("the metadata interval must be positive, not " + metadataInterval);
        }
        if (idleReissue.isNegative() || idleReissue.isZero()) {
            throw new IllegalArgumentException("the IDLE re-issue time must be positive, not " + idleReissue);
        }
    }
}
