package org.imapnotify.watch;

/** What a watcher tells of its work, for metrics. Called on the watcher's loop; must not block. */
public interface WatchEvents {
    WatchEvents NONE = new WatchEvents() {};

    /** What a connection is for. */
    enum ConnectionKind {
        POLL,
        IDLE,
        /** The upstream tells by its own NOTIFY. */
        NOTIFY
    }

    /** A poll round is complete. */
    default void roundFinished(long nanos, int mailboxes) {}

    /** A watch connection is logged in. */
    default void connectionUp(ConnectionKind kind) {}

    /** A watch connection that was up is gone, closed by us or not. */
    default void connectionDown(ConnectionKind kind) {}

    /** A watch connection could not be opened or ended by itself and will be replaced; for humans. */
    default void restarted(ConnectionKind kind, String reason) {}

    /** The upstream wants fewer connections or less work. */
    default void throttled(ConnectionKind kind) {}

    /** The account is asked less often than configured since the upstream wanted less, or no more so. */
    default void slowed(boolean on) {}

    /** A budget is exhausted: a look is made later. */
    default void lookPostponed() {}

    /** An upstream was found to not do what it advertises: "idle", "list-status", "highestmodseq", "metadata", "notify". */
    default void disbelieved(String capability) {}
}
