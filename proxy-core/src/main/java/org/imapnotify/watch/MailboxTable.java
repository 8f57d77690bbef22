package org.imapnotify.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of an account as the upstream last showed them, and when it was asked. Every change of a row is a
 * {@link Difference}; nothing else makes one.
 */
final class MailboxTable {
    /** How old an answer may be to count as fresh for a registration. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Map<MailboxName, MailboxRow> rows = new LinkedHashMap<>();
    private final Map<MailboxName, Long> askedAt = new HashMap<>();
    private final MetadataTable metadata = new MetadataTable();
    private final Map<MailboxName, Long> doubted = new HashMap<>();
    private @Nullable Long listedAt;
    private @Nullable Long subscriptionsAt;

    /** One that holds these. */
    static MailboxTable of(Collection<MailboxRow> rows) {
        MailboxTable table = new MailboxTable();
        rows.forEach(row -> table.rows.put(row.name(), row));
        return table;
    }

    MetadataTable metadata() {
        return metadata;
    }

    Collection<MailboxRow> rows() {
        return rows.values();
    }

    Optional<MailboxRow> row(MailboxName name) {
        return Optional.ofNullable(rows.get(name));
    }

    boolean has(MailboxName name) {
        return rows.containsKey(name);
    }

    boolean listed() {
        return listedAt != null;
    }

    boolean listedSince(long since) {
        return isSince(listedAt, since);
    }

    boolean subscriptionsSince(long since) {
        return isSince(subscriptionsAt, since);
    }

    boolean askedSince(MailboxName name, long since) {
        return isSince(askedAt.get(name), since);
    }

    Optional<Long> askedAt(MailboxName name) {
        return Optional.ofNullable(askedAt.get(name));
    }

    private static boolean isSince(@Nullable Long time, long since) {
        return time != null && time - (since - FRESH) >= 0;
    }

    void clear() {
        rows.clear();
        askedAt.clear();
        metadata.clear();
        doubted.clear();
        listedAt = null;
        subscriptionsAt = null;
    }

    /** Whatever was asked for has to be asked for again where it must be fresh. */
    void doubtAnswers() {
        askedAt.clear();
    }

    /** The question has been answered, whatever the answer was. */
    void asked(MailboxName name, long at) {
        askedAt.merge(name, at, (old, now) -> now - old > 0 ? now : old);
    }

    /** STATUS of a mailbox in the table. */
    List<Difference> status(MailboxName name, MailboxStatus status) {
        MailboxRow before = rows.get(name);
        doubted.remove(name);
        if (before == null || before.status().equals(status)) {
            return List.of();
        }
        MailboxRow row = before.withStatus(status);
        rows.put(name, row);
        Difference difference = Difference.of(MailboxChange.Kind.STATUS, before, row);
        return before.isWithoutAccess()
                ? List.of(Difference.of(MailboxChange.Kind.ACCESS, before, row), difference)
                : List.of(difference);
    }

    /** STATUS of a mailbox that was not listed, but asked for by its name. */
    List<Difference> appeared(MailboxName name, MailboxStatus status, Namespaces namespaces) {
        MailboxRow row =
                new MailboxRow(name, namespaces.delimiter(), Set.of(), false, namespaces.personal(name), status);
        rows.put(name, row);
        return List.of(Difference.of(MailboxChange.Kind.CREATED, row, row));
    }

    /**
     * STATUS was answered with NO: the mailbox, if there is one, stays without. One that was deleted after it was listed is answered
     * with NO as well, so a mailbox that had a status keeps it until another listing has the name still.
     */
    List<Difference> refused(MailboxName name) {
        MailboxRow before = rows.get(name);
        if (before == null || (before.hasStatus() && isDoubted(name))) {
            return List.of();
        }
        MailboxRow row = before.selectable() ? before.withoutAccess() : before.withoutStatus();
        rows.put(name, row);
        return before.equals(row) ? List.of() : List.of(Difference.of(MailboxChange.Kind.ACCESS, before, row));
    }

    private boolean isDoubted(MailboxName name) {
        if (listedAt == null) {
            return false;
        }
        Long since = doubted.putIfAbsent(name, listedAt);
        return since == null || since.equals(listedAt);
    }

    /** There is no such mailbox any more, as was found out for it alone. */
    List<Difference> gone(MailboxName name) {
        MailboxRow before = rows.remove(name);
        return before == null ? List.of() : List.of(Difference.of(MailboxChange.Kind.DELETED, before, before));
    }

    /** More than half of the mailboxes, and at least four, are missing: more likely a fault of the upstream than the truth. */
    boolean isImplausible(Snapshot snapshot) {
        long gone = rows.keySet().stream()
                .filter(name -> !snapshot.listed().containsKey(name))
                .count();
        return listed() && gone >= 4 && gone * 2 > rows.size();
    }

    /** Takes over a listing; what that means for the rows is to be asked for when the new ones have their status. */
    ListChanges list(Snapshot snapshot, Namespaces namespaces) {
        Map<MailboxName, MailboxRow> before = new LinkedHashMap<>(rows);
        rows.clear();
        for (ListedMailbox mailbox : snapshot.listed().values()) {
            rows.put(mailbox.name(), row(mailbox, before.get(mailbox.name()), snapshot, namespaces));
        }
        listedAt = snapshot.askedAt();
        if (snapshot.subscriptionsKnown()) {
            subscriptionsAt = snapshot.askedAt();
        }
        doubted.keySet().retainAll(rows.keySet());
        askedAt.keySet().retainAll(rows.keySet());
        return new ListChanges(before, Set.copyOf(rows.keySet()));
    }

    private static MailboxRow row(
            ListedMailbox listed, @Nullable MailboxRow before, Snapshot snapshot, Namespaces namespaces) {
        MailboxStatus status = before == null ? snapshot.status(listed.name()) : before.status();
        boolean wasSubscribed = before != null && before.subscribed();
        MailboxRow row = new MailboxRow(
                listed.name(),
                listed.delimiter(),
                listed.attributes(),
                snapshot.subscriptionsKnown() ? snapshot.subscribed(listed.name()) : wasSubscribed,
                namespaces.personal(listed.name()),
                status);
        MailboxRow right = !row.selectable()
                ? row.withoutStatus()
                : before != null && before.isWithoutAccess() ? row.withoutAccess() : row;
        return before != null && right.equals(before) ? before : right;
    }
}
