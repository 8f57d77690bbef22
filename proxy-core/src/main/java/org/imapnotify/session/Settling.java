package org.imapnotify.session;

import java.util.HashSet;
import java.util.Set;
import org.imapnotify.wire.MailboxName;

/**
 * Mailboxes that have just left selection, of which the table has yet to show what the client did there last. It is asked at
 * once, so the first look within a window or two is that; later ones are news.
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
