package org.imapnotify.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.MailboxName;

/**
 * What the client knows of names because it changed them itself, until the watcher has seen it too. An event that only says
 * what the client believes already is its own doing and no news (RFC 5465 section 5); after any event of a name nothing is
 * left of the belief, so that the next one is told.
 */
final class NameBeliefs {
    /** A client that changes more names than this, unwatched, is told of some of them. */
    private static final int MAX = 1000;

    private final Map<MailboxName, Boolean> exists = new HashMap<>();
    private final Map<MailboxName, Boolean> subscribed = new HashMap<>();

    void clear() {
        exists.clear();
        subscribed.clear();
    }

    void created(MailboxName name) {
        believe(exists, name, true);
    }

    void deleted(MailboxName name) {
        believe(exists, name, false);
    }

    void subscribed(MailboxName name, boolean now) {
        believe(subscribed, name, now);
    }

    /** Mailboxes below move along (RFC 3501 section 6.3.5); INBOX stays, and what is below it. */
    void renamed(MailboxName from, MailboxName to, Collection<MailboxRow> known) {
        created(to);
        if (from.isInbox()) {
            return;
        }
        deleted(from);
        for (MailboxRow row : known) {
            if (row.name().isBelow(from, row.delimiter())) {
                deleted(row.name());
                row.name().renamed(from, to, row.delimiter()).ifPresent(this::created);
            }
        }
    }

    private void believe(Map<MailboxName, Boolean> beliefs, MailboxName name, boolean now) {
        if (exists.size() + subscribed.size() >= MAX) {
            clear();
        }
        beliefs.put(name, now);
    }

    /** True when the client knows this by its own doing. */
    boolean explain(MailboxRow row, MailboxChange change) {
        return switch (change.kind()) {
            case CREATED -> {
                boolean subscriptionKnown = !row.subscribed() || isBelieved(subscribed, row.name(), true);
                yield isBelieved(exists, row.name(), true) && subscriptionKnown;
            }
            case DELETED -> isBelieved(exists, row.name(), false);
            case RENAMED, RENAMED_WITH_PARENT -> {
                boolean left = isBelieved(exists, change.oldName(), false);
                yield isBelieved(exists, row.name(), true) && left;
            }
            case ACCESS -> isBelieved(exists, row.name(), row.selectable());
            case SUBSCRIBED -> isBelieved(subscribed, row.name(), true);
            case UNSUBSCRIBED -> isBelieved(subscribed, row.name(), false);
            case STATUS, ATTRIBUTES -> false;
        };
    }

    private static boolean isBelieved(Map<MailboxName, Boolean> beliefs, MailboxName name, boolean now) {
        Boolean believed = beliefs.remove(name);
        return believed != null && believed == now;
    }
}
