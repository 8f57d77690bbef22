package org.imapnotify.session;

import java.util.HashSet;
import java.util.Set;
import org.imapnotify.wire.MailboxName;

/**
 * Mailboxes of which the client has just been shown more than the table has, such as those that have just left selection. The
 * table is asked at once, so what it shows within a window or two may be from before; later looks are news.
 */
final class Settling {
    private Set<MailboxName> young = new HashSet<>();
    private Set<MailboxName> old = new HashSet<>();

    void add(MailboxName name) {
        young.add(name);
    }

    boolean isOpen() {
        return !young.isEmpty() || !old.isEmpty();
    }

    /** Gives those whose time is over. */
    Set<MailboxName> windowEnded() {
        Set<MailboxName> over = old;
        over.removeAll(young);
        old = young;
        young = new HashSet<>();
        return over;
    }

    void clear() {
        young.clear();
        old.clear();
    }
}
