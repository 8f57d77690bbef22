package org.imapnotify.netty;

/** Over which connections mailboxes other than the selected one are watched. */
public enum WatchMode {
    /** Watch connections where the account's credentials allow them, else the session's own. */
    AUTO,
    /** Watch connections only. */
    DEDICATED,
    /** Never an extra connection: STATUS goes over the session's own, at moments that cannot hurt. */
    INLINE
}
