package org.imapnotify.watch;

/** A place among the watch connections that all accounts may have together. */
public interface Place {
    /** Where nobody counts. */
    Place FREE = new Place() {};

    /** The connection may be opened. */
    default boolean isGranted() {
        return true;
    }

    /** An account that has no connection at all waits for this one. */
    default boolean isWanted() {
        return false;
    }

    /** The connection is closed, or no longer waited for. */
    default void giveBack() {}
}
