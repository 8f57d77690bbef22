package org.imapnotify.watch;

import org.imapnotify.upstream.UpstreamConnection;

/** What the watcher of an account does to the world: it opens connections and has one timer. */
public interface WatchOutput {
    /**
     * Opens a channel to the upstream, implicit TLS included, whose events go to this connection: first
     * {@link UpstreamConnection#onConnected} or, when that fails, {@link UpstreamConnection#onClosed}; none before this
     * method has returned.
     */
    void connect(UpstreamConnection connection);

    /** What this account shares with others. */
    default UpstreamShare share() {
        return UpstreamShare.UNLIMITED;
    }

    /** Calls {@link AccountWatcher#onTimer()} at this time of the watcher's clock; replaces the one before; Long.MAX_VALUE is never. */
    void wakeAt(long nanoTime);
}
