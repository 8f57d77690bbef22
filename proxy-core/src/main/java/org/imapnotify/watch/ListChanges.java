package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.wire.MailboxName;

/**
 * The difference between two listings. It is told when the new mailboxes have their status, because a rename shows only
 * in that.
 *
 * @param before the rows before, by their names
 * @param names what is listed now
 */
record ListChanges(Map<MailboxName, MailboxRow> before, Set<MailboxName> names) {
    /** Names that were not there before: nothing else is to be told of them before they are. */
    boolean isNew(MailboxName name) {
        return names.contains(name) && !before.containsKey(name);
    }

    /** Some mailbox may have got another name, which would show in the status of the new one. */
    boolean mayBeRenames() {
        return !names.containsAll(before.keySet());
    }

    boolean namesAreSame() {
        return names.equals(before.keySet());
    }

    /**
     * Deletions first, since they speak of names as they were; then renames, so that a name is free before it is taken again.
     * Who hears of a rename takes the mailboxes below for renamed too: what is still there, or there again, is told anew.
     */
    List<Difference> differences(MailboxTable table) {
        Map<MailboxName, MailboxRow> gone = new LinkedHashMap<>(before);
        gone.keySet().removeAll(names);
        Map<MailboxName, MailboxRow> created = new LinkedHashMap<>();
        table.rows().stream().filter(row -> isNew(row.name())).forEach(row -> created.put(row.name(), row));
        List<Renames.Rename> renames = Renames.infer(gone.values(), created.values(), before.values());
        for (Renames.Rename rename : renames) {
            gone.remove(rename.from().name());
            created.remove(rename.to().name());
        }
        List<Difference> differences = new ArrayList<>();
        gone.values().forEach(row -> differences.add(Difference.of(Kind.DELETED, row, row)));
        for (Renames.Rename rename : renames) {
            differences.add(rename.difference());
            if (rename.withParent()) { // which nobody is told of
                addOfMoved(rename.from(), rename.to(), differences);
            }
        }
        created.values().forEach(row -> differences.add(Difference.of(Kind.CREATED, row, row)));
        List<Difference> all = Followed.completed(differences, before, table);
        for (MailboxRow row : table.rows()) {
            MailboxRow old = before.get(row.name());
            if (old != null) {
                addChanged(old, row, all);
            }
        }
        return all;
    }

    private static Difference subscription(MailboxRow old, MailboxRow row) {
        return Difference.of(row.subscribed() ? Kind.SUBSCRIBED : Kind.UNSUBSCRIBED, old, row);
    }

    private static void addOfMoved(MailboxRow old, MailboxRow row, List<Difference> differences) {
        if (old.subscribed() != row.subscribed()) {
            differences.add(subscription(old, row));
        }
        if (!old.lasting().equals(row.lasting())) {
            differences.add(Difference.of(Kind.ATTRIBUTES, old, row));
        }
    }

    private static void addChanged(MailboxRow old, MailboxRow row, List<Difference> differences) {
        if (old.subscribed() != row.subscribed()) {
            differences.add(subscription(old, row));
        }
        if (old.selectable() != row.selectable()) {
            differences.add(Difference.of(Kind.ACCESS, old, row));
        } else if (!old.lasting().equals(row.lasting())) {
            differences.add(Difference.of(Kind.ATTRIBUTES, old, row));
        }
    }
}
