package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.wire.MailboxName;

/**
 * What somebody believes of names who is told of a listing's differences one after the other and, as RFC 5465 section 5.4 has it,
 * takes the mailboxes below a renamed one for renamed too. Several renames between two listings can cross each other so that no order
 * of telling them is right for all names; those that this shows to be wrong in the end are told anew.
 */
final class Followed {
    /** By name: the mailbox that is believed to be there, by its name before; one that was created has no such name. */
    private final Map<MailboxName, MailboxRow> believed;

    private final Map<MailboxName, MailboxRow> right = new LinkedHashMap<>();

    private Followed(Map<MailboxName, MailboxRow> before, MailboxTable table) {
        this.believed = new LinkedHashMap<>(before);
        for (MailboxRow row : table.rows()) {
            right.put(row.name(), before.getOrDefault(row.name(), row));
        }
    }

    /** The differences and, behind them, what is to be told besides. */
    static List<Difference> completed(
            List<Difference> differences, Map<MailboxName, MailboxRow> before, MailboxTable table) {
        Followed followed = new Followed(before, table);
        differences.forEach(followed::on);
        List<Difference> all = new ArrayList<>(differences);
        followed.believed.forEach((name, row) -> {
            if (!table.has(name)) {
                all.add(Difference.of(Kind.DELETED, row.named(name), row.named(name)));
            }
        });
        for (MailboxRow row : table.rows()) {
            if (!followed.isRight(row.name())) {
                all.add(Difference.of(Kind.CREATED, row, row));
            }
        }
        return all;
    }

    private boolean isRight(MailboxName name) {
        MailboxRow believes = believed.get(name);
        MailboxRow is = right.get(name);
        return believes != null && is != null && believes.name().equals(is.name());
    }

    private void on(Difference difference) {
        MailboxRow row = difference.row();
        switch (difference.change().kind()) {
            case CREATED -> {
                believed.put(row.name(), row);
                right.put(row.name(), row);
            }
            case DELETED -> believed.remove(row.name());
            case RENAMED -> {
                right.put(row.name(), difference.before());
                move(difference.change().oldName(), row);
            }
            case RENAMED_WITH_PARENT -> right.put(row.name(), difference.before());
            default -> {}
        }
    }

    private void move(MailboxName from, MailboxRow to) {
        Map<MailboxName, MailboxRow> moved = new LinkedHashMap<>();
        for (MailboxName name : List.copyOf(believed.keySet())) {
            Optional<MailboxName> now = name.renamed(from, to.name(), to.delimiter());
            MailboxRow row = now.isPresent() ? believed.remove(name) : null;
            if (row != null) {
                moved.put(now.get(), row);
            }
        }
        believed.putAll(moved);
    }
}
