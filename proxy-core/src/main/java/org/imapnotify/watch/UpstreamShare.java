package org.imapnotify.watch;

/**
 * What all accounts of one upstream share: how much is asked of it. Seen by one account; implementations are thread-safe where
 * accounts live on several threads.
 */
public interface UpstreamShare {
    /** Without limits. */
    UpstreamShare UNLIMITED = new UpstreamShare() {};

    /** So many commands are to be sent: from when on they may, on the watcher's clock. */
    default long commands(int count, long now) {
        return now;
    }

    /**
     * Asks for a place for one more connection. When it is granted or wanted later, the watcher is {@linkplain
     * AccountWatcher#onTimer woken}.
     *
     * @param first the account has none yet
     */
    default Place place(boolean first) {
        return Place.FREE;
    }

    /** A connection is to be opened: from when on it may. */
    default long connect(long now) {
        return now;
    }

    /**
     * A connection that only listens is to be opened: it may now, or asks again then. Who has no connection at all comes before
     * those that listen, also who wants one later.
     */
    default long listen(long now) {
        return now;
    }

    /** How long a look that is wanted now would wait for its turn. */
    default long backlog(long now) {
        return 0;
    }

    /** Connections that only listen may be had. */
    default boolean allowsListeners() {
        return true;
    }
}
