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

    /** A connection is to be opened: from when on it may. */
    default long connect(long now) {
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
