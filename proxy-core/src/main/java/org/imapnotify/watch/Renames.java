package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.wire.MailboxName;

/**
 * Renames, as far as two listings can prove them: one name that is gone and one that is new have the same UIDVALIDITY,
 * UIDNEXT and number of messages, and no other has. Else it is a deletion and a creation. A mailbox below a renamed one is
 * recognised by its place and UIDVALIDITY alone, even when another has taken its old name meanwhile.
 */
final class Renames {
    /** {@code from} is {@code to} now. */
    record Rename(MailboxRow from, MailboxRow to, boolean withParent) {
        Difference difference() {
            Kind kind = withParent ? Kind.RENAMED_WITH_PARENT : Kind.RENAMED;
            return new Difference(from, to, new MailboxChange(kind, from.name()));
        }

        /** The name that a mailbox below the old name has below the new one. */
        Optional<MailboxName> moved(MailboxName name) {
            return name.isBelow(from.name(), from.delimiter())
                    ? Optional.of(MailboxName.of(to.name().octets()
                            + name.octets().substring(from.name().octets().length())))
                    : Optional.empty();
        }
    }

    private record Fingerprint(long uidValidity, long uidNext, long messages) {}

    private Renames() {}

    /**
     * In an order in which a client that moves the mailboxes below along is right in the end: what leaves a mailbox before that is
     * renamed comes first, and what enters the place of one that is renamed is no rename but a deletion and a creation.
     *
     * @param before all rows of the listing before
     */
    static List<Rename> infer(
            Collection<MailboxRow> gone, Collection<MailboxRow> created, Collection<MailboxRow> before) {
        Map<Fingerprint, List<MailboxRow>> from = byFingerprint(gone);
        Map<Fingerprint, List<MailboxRow>> to = byFingerprint(created);
        List<Rename> certain = new ArrayList<>();
        from.forEach((fingerprint, rows) -> {
            List<MailboxRow> others = to.getOrDefault(fingerprint, List.of());
            if (rows.size() == 1 && others.size() == 1) {
                certain.add(new Rename(rows.get(0), others.get(0), false));
            }
        });
        List<Rename> tellable = new ArrayList<>(certain);
        tellable.removeIf(rename -> certain.stream()
                .anyMatch(other -> other.moved(rename.to().name()).isPresent()));
        tellable.sort(
                Comparator.comparing(rename -> -rename.from().name().octets().length()));
        return withChildren(tellable, created, before);
    }

    private static Map<Fingerprint, List<MailboxRow>> byFingerprint(Collection<MailboxRow> rows) {
        Map<Fingerprint, List<MailboxRow>> map = new LinkedHashMap<>();
        for (MailboxRow row : rows) {
            MailboxStatus status = row.status();
            if (status.uidValidity() > 0 && status.uidNext() > 0 && row.hasStatus()) {
                map.computeIfAbsent(fingerprint(status), f -> new ArrayList<>()).add(row);
            }
        }
        return map;
    }

    private static Fingerprint fingerprint(MailboxStatus status) {
        return new Fingerprint(status.uidValidity(), status.uidNext(), status.messages());
    }

    private static List<Rename> withChildren(
            List<Rename> certain, Collection<MailboxRow> created, Collection<MailboxRow> before) {
        Map<MailboxName, MailboxRow> targets = new HashMap<>();
        created.forEach(row -> targets.put(row.name(), row));
        Map<MailboxName, Rename> renames = new LinkedHashMap<>();
        certain.forEach(rename -> renames.put(rename.from().name(), rename));
        for (MailboxRow row : before) {
            for (Rename parent : certain) {
                parent.moved(row.name())
                        .map(targets::get)
                        .filter(target -> isSame(row.status(), target.status()))
                        .ifPresent(target -> {
                            renames.remove(row.name()); // behind its parent
                            renames.put(row.name(), new Rename(row, target, true));
                        });
            }
        }
        return List.copyOf(renames.values());
    }

    private static boolean isSame(MailboxStatus one, MailboxStatus other) {
        return one.uidValidity() > 0 && one.uidValidity() == other.uidValidity();
    }
}
