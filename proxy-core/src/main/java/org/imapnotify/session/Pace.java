package org.imapnotify.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.imapnotify.wire.MailboxName;

/** Keeps one busy mailbox from filling the client's connection: a few STATUS at once, then only the newest each while. */
final class Pace {
    /** After so long the mailboxes may be told of again. */
    static final Duration WINDOW = Duration.ofMillis(300);

    /** So many STATUS of one mailbox in a window: one every 100 ms, and none of them late while nothing much happens. */
    private static final int PER_WINDOW = 3;

    private final Map<MailboxName, Integer> told = new HashMap<>();

    void told(MailboxName name) {
        told.merge(name, 1, Integer::sum);
    }

    boolean holds(MailboxName name) {
        return told.getOrDefault(name, 0) >= PER_WINDOW;
    }

    /** True while a window is open, which has to be closed by {@link #clear} when its time is over. */
    boolean isOpen() {
        return !told.isEmpty();
    }

    void clear() {
        told.clear();
    }
}
