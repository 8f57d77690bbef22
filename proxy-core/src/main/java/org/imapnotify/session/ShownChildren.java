package org.imapnotify.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.MailboxName;

/**
 * Whether the client believes that a mailbox has others below it (\\HasChildren, \\HasNoChildren): what a LIST response said last,
 * under the name that the client now knows the mailbox by.
 */
final class ShownChildren {
    private static final String HAS_CHILDREN = "\\HasChildren";

    private final Map<MailboxName, Boolean> shown = new HashMap<>();

    void clear() {
        shown.clear();
    }

    /** The client has been shown the mailbox like this. */
    void shown(MailboxRow row) {
        shown(row.name(), row.has(HAS_CHILDREN));
    }

    void shown(MailboxName name, boolean hasChildren) {
        shown.put(name, hasChildren);
    }

    /** The client takes the mailboxes below for renamed too (RFC 5465 section 5.4). */
    void renamed(MailboxName from, MailboxRow to) {
        if (from.isInbox()) {
            return;
        }
        for (MailboxName name : List.copyOf(shown.keySet())) {
            name.renamed(from, to.name(), to.delimiter())
                    .ifPresent(now -> shown.put(now, Boolean.TRUE.equals(shown.remove(name))));
        }
    }

    void gone(MailboxName name) {
        shown.remove(name);
    }

    /** The client believes something else. */
    boolean isNews(MailboxRow row) {
        Boolean last = shown.get(row.name());
        return last == null || last != row.has(HAS_CHILDREN);
    }
}
