package org.imapnotify.watch;

import java.util.Set;

/** Entries of metadata that nobody has set: servers show in them what they know anyway. */
final class ComputedEntries {
    private static final String CYRUS = "/vendor/cmu/cyrus-imapd/";

    /** Cyrus 3.6: free disk space, and what changes with every message. */
    private static final Set<String> MOVING = Set.of(
            "annotsize",
            "foldermodseq",
            "freespace",
            "freespace/percent/most",
            "freespace/total",
            "lastpop",
            "lastupdate",
            "size",
            "synccrcs",
            "usercounters",
            "usermodseq");

    private ComputedEntries() {}

    /** @param key in lower case */
    static boolean has(String key) {
        int at = key.indexOf(CYRUS);
        return at >= 0 && MOVING.contains(key.substring(at + CYRUS.length()));
    }

    /** A mailbox has it from its creation on, such as its unique id. */
    static boolean isPreset(String key) {
        return key.contains(CYRUS);
    }
}
