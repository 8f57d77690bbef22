package org.imapnotify.watch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.wire.MailboxName;

/**
 * From one watcher of a registration to another, as when a session's own connection watches until a connection of the account can:
 * what the one has reported and what the other finds are two looks at the same mailboxes, and between them things have happened.
 */
public final class Handover {
    private Handover() {}

    /** Gives each change with the row as it is now, in the order in which they are to be told. */
    public static void between(
            Collection<MailboxRow> before, Collection<MailboxRow> now, BiConsumer<MailboxRow, MailboxChange> changes) {
        Map<MailboxName, MailboxRow> old = new LinkedHashMap<>();
        before.forEach(row -> old.put(row.name(), row));
        Set<MailboxName> names = new LinkedHashSet<>();
        now.forEach(row -> names.add(row.name()));
        new ListChanges(old, names)
                .differences(MailboxTable.of(now))
                .forEach(difference -> changes.accept(difference.row(), difference.change()));
        now.forEach(row -> changes.accept(row, MailboxChange.of(Kind.STATUS, row)));
    }
}
