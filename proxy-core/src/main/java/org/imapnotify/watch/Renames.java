package org.imapnotify.watch;

import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.wire.MailboxName;

/**
 * Renames, as far as two listings can prove them: one name that is gone and one that is new have the same UIDVALIDITY,
 * UIDNEXT and number of messages, and no other has; or the same UIDVALIDITY, which no other mailbox has, and a UIDNEXT that has not
 * gone back: messages may have come meanwhile, or nobody asked for their number. Else it is a deletion and a creation. A mailbox below
 * a renamed one is recognised by its place and UIDVALIDITY alone, even when another has taken its old name meanwhile.
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
                    ? name.renamed(from.name(), to.name(), from.delimiter())
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
        List<Rename> certain = certain(gone, created, before);
        List<Rename> tellable = new ArrayList<>(certain);
        tellable.removeIf(rename -> certain.stream()
                .anyMatch(other -> other.moved(rename.to().name()).isPresent()));
        tellable.sort(
                Comparator.comparing(rename -> -rename.from().name().octets().length()));
        return withChildren(tellable, created, before);
    }

    private static List<Rename> certain(
            Collection<MailboxRow> gone, Collection<MailboxRow> created, Collection<MailboxRow> before) {
        List<Rename> same = pairs(gone, created, Renames::fingerprint);
        Map<Long, Long> uses = Stream.concat(before.stream(), created.stream())
                .collect(Collectors.groupingBy(row -> row.status().uidValidity(), Collectors.counting()));
        Set<MailboxRow> matched = new HashSet<>();
        same.forEach(rename -> matched.addAll(List.of(rename.from(), rename.to())));
        List<Rename> all = new ArrayList<>(same);
        pairs(
                        without(gone, matched),
                        without(created, matched),
                        row -> row.status().uidValidity())
                .stream()
                .filter(rename -> uses.getOrDefault(rename.from().status().uidValidity(), 0L) == 2)
                .filter(rename ->
                        rename.from().status().uidNext() <= rename.to().status().uidNext())
                .forEach(all::add);
        return all;
    }

    /** Of each key that exactly one row on either side has. */
    private static List<Rename> pairs(
            Collection<MailboxRow> gone, Collection<MailboxRow> created, Function<MailboxRow, Object> key) {
        Map<Object, List<MailboxRow>> from =
                known(gone).collect(Collectors.groupingBy(key, LinkedHashMap::new, toList()));
        Map<Object, List<MailboxRow>> to = known(created).collect(Collectors.groupingBy(key));
        List<Rename> pairs = new ArrayList<>();
        from.forEach((value, rows) -> {
            List<MailboxRow> others = to.getOrDefault(value, List.of());
            if (rows.size() == 1 && others.size() == 1) {
                pairs.add(new Rename(rows.get(0), others.get(0), false));
            }
        });
        return pairs;
    }

    private static Stream<MailboxRow> known(Collection<MailboxRow> rows) {
        return rows.stream()
                .filter(row -> row.status().uidValidity() > 0 && row.status().uidNext() > 0 && row.hasStatus());
    }

    private static List<MailboxRow> without(Collection<MailboxRow> rows, Set<MailboxRow> matched) {
        return rows.stream().filter(row -> !matched.contains(row)).toList();
    }

    private static Fingerprint fingerprint(MailboxRow row) {
        MailboxStatus status = row.status();
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
