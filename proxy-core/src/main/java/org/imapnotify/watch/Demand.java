package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.MailboxFacts;
import org.imapnotify.notify.MetadataResponse;
import org.imapnotify.notify.Registration;
import org.imapnotify.wire.MailboxName;

/** The registrations of an account, and what they need together. */
final class Demand {
    /** A registration, when it was made, whether it has been answered, and whether it was told that this may take a while. */
    private record Entry(Registration registration, long since, boolean armed, boolean crowded) {
        Entry answered() {
            return new Entry(registration, since, true, false);
        }
    }

    private final Map<Subscriber, Entry> entries = new LinkedHashMap<>();

    void put(Subscriber subscriber, Registration registration, long now) {
        entries.remove(subscriber);
        entries.put(subscriber, new Entry(registration, now, false, false));
    }

    void remove(Subscriber subscriber) {
        entries.remove(subscriber);
    }

    /** All subscribers, who are forgotten with it. */
    List<Subscriber> removeAll() {
        List<Subscriber> all = List.copyOf(entries.keySet());
        entries.clear();
        return all;
    }

    /** The subscribers who have no answer yet, who are forgotten with it. */
    List<Subscriber> removeUnanswered() {
        List<Subscriber> waiting = entries.entrySet().stream()
                .filter(each -> !each.getValue().armed())
                .map(Map.Entry::getKey)
                .toList();
        waiting.forEach(entries::remove);
        return waiting;
    }

    /** There is no place for a connection: those who do not know that yet, who are all to be answered again. */
    List<Subscriber> crowd(long now) {
        List<Subscriber> fresh = new ArrayList<>();
        for (Map.Entry<Subscriber, Entry> each : entries.entrySet()) {
            if (!each.getValue().crowded()) {
                fresh.add(each.getKey());
                each.setValue(new Entry(each.getValue().registration(), now, false, true));
            }
        }
        return fresh;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean needsMailboxList() {
        return any(Registration::needsMailboxList);
    }

    boolean needsSubscriptions() {
        return any(Registration::needsSubscriptions);
    }

    boolean wants(Event event) {
        return any(registration -> registration.wants(event));
    }

    /** Some registration is about annotations. */
    boolean wantsMetadata() {
        return any(Demand::wantsMetadata);
    }

    /** Whose annotations are to be known. */
    Set<MailboxName> metadataNames(MailboxTable table) {
        Set<MailboxName> names = new LinkedHashSet<>();
        entries.values().forEach(entry -> names.addAll(metadataNames(entry.registration(), table)));
        return names;
    }

    private static Set<MailboxName> metadataNames(Registration registration, MailboxTable table) {
        Set<MailboxName> names = new LinkedHashSet<>();
        if (registration.wants(Event.SERVER_METADATA_CHANGE)) {
            names.add(MetadataResponse.SERVER);
        }
        if (registration.wants(Event.MAILBOX_METADATA_CHANGE)) {
            table.rows().stream()
                    .filter(row -> wantsMetadataOf(registration, row))
                    .forEach(row -> names.add(row.name()));
        }
        return names;
    }

    private static boolean wantsMetadataOf(Registration registration, MailboxRow row) {
        return registration.eventsFor(row).contains(Event.MAILBOX_METADATA_CHANGE);
    }

    /** Somebody who has been answered watches the annotations of this mailbox. */
    boolean watchesMetadataOf(MailboxRow row) {
        return entries.values().stream().anyMatch(entry -> entry.armed() && wantsMetadataOf(entry.registration(), row));
    }

    /** Tells a change of annotations to all who asked for it, those too who wait for an answer: it may replace an earlier one. */
    void tell(MetadataChange change, MailboxTable table) {
        for (Map.Entry<Subscriber, Entry> each : List.copyOf(entries.entrySet())) {
            Entry entry = each.getValue();
            if (metadataNames(entry.registration(), table).contains(change.mailbox())) {
                each.getKey().metadataChanged(change);
            }
        }
    }

    /** Those who asked for annotations, who are forgotten with it. */
    List<Subscriber> removeMetadata() {
        List<Subscriber> removed = new ArrayList<>();
        entries.forEach((subscriber, entry) -> {
            if (wantsMetadata(entry.registration())) {
                removed.add(subscriber);
            }
        });
        removed.forEach(entries::remove);
        return removed;
    }

    static boolean wantsMetadata(Registration registration) {
        return registration.wants(Event.MAILBOX_METADATA_CHANGE) || registration.wants(Event.SERVER_METADATA_CHANGE);
    }

    /** Some registration is about messages in this mailbox. */
    boolean wantsMessagesOf(MailboxFacts mailbox) {
        return any(registration -> wantsMessages(registration, mailbox));
    }

    /** The names that are watched whether they are known to exist or not. */
    Set<MailboxName> named() {
        Set<MailboxName> names = new LinkedHashSet<>();
        entries.values().forEach(entry -> names.addAll(entry.registration().namedMailboxes()));
        return names;
    }

    /** Marks and answers those registrations whose part of the table is fresh. */
    void arm(MailboxTable table) {
        for (Subscriber subscriber : List.copyOf(entries.keySet())) {
            Entry entry = entries.get(subscriber);
            if (entry != null && !entry.armed() && isFresh(entry, table) && metadataIsKnown(entry, table)) {
                entries.put(subscriber, entry.answered());
                subscriber.armed(table.rows().stream()
                        .filter(row -> matches(entry.registration(), row))
                        .toList());
            }
        }
    }

    private static boolean isFresh(Entry entry, MailboxTable table) {
        return listIsFresh(entry, table) && staleNames(entry, table).isEmpty();
    }

    /** Older than the registration is good enough: then a change is told that the client perhaps knows. */
    private static boolean metadataIsKnown(Entry entry, MailboxTable table) {
        return metadataNames(entry.registration(), table).stream().allMatch(table.metadata()::has);
    }

    /** Registrations that are not answered yet wait for mailboxes to be listed or asked for. */
    boolean armingNeedsRound(MailboxTable table) {
        return entries.values().stream().anyMatch(entry -> !entry.armed() && !isFresh(entry, table));
    }

    private static boolean listIsFresh(Entry entry, MailboxTable table) {
        Registration registration = entry.registration();
        return (!registration.needsMailboxList() || table.listedSince(entry.since()))
                && (!registration.needsSubscriptions() || table.subscriptionsSince(entry.since()));
    }

    /** What registrations not yet answered need to have listed. */
    boolean armingNeedsMailboxList(MailboxTable table) {
        return entries.values().stream().anyMatch(entry -> !entry.armed() && !listIsFresh(entry, table));
    }

    /** What registrations not yet answered need to have polled. */
    Set<MailboxName> armingNeeds(MailboxTable table) {
        Set<MailboxName> names = new LinkedHashSet<>();
        entries.values().stream()
                .filter(entry -> !entry.armed())
                .forEach(entry -> names.addAll(staleNames(entry, table)));
        return names;
    }

    private static Set<MailboxName> staleNames(Entry entry, MailboxTable table) {
        Set<MailboxName> names = new LinkedHashSet<>();
        for (MailboxRow row : table.rows()) {
            if (wantsMessages(entry.registration(), row) && !table.askedSince(row.name(), entry.since())) {
                names.add(row.name());
            }
        }
        if (!entry.registration().needsMailboxList()) {
            entry.registration().namedMailboxes().stream()
                    .filter(name -> !table.has(name) && !table.askedSince(name, entry.since()))
                    .forEach(names::add);
        }
        return names;
    }

    /** Tells a difference to all that it matters to. */
    void tell(Difference difference) {
        for (Map.Entry<Subscriber, Entry> each : List.copyOf(entries.entrySet())) {
            Registration registration = each.getValue().registration();
            if (each.getValue().armed()
                    && (matches(registration, difference.row()) || matches(registration, difference.before()))) {
                each.getKey().changed(difference.row(), difference.change());
            }
        }
    }

    /** A mailbox is as it was, for those who know how it was. */
    void tellUnchanged(MailboxRow row) {
        for (Map.Entry<Subscriber, Entry> each : List.copyOf(entries.entrySet())) {
            if (each.getValue().armed() && wantsMessages(each.getValue().registration(), row)) {
                each.getKey().unchanged(row.name());
            }
        }
    }

    private static boolean matches(Registration registration, MailboxFacts mailbox) {
        return !registration.eventsFor(mailbox).isEmpty();
    }

    private static boolean wantsMessages(Registration registration, MailboxFacts mailbox) {
        return registration.eventsFor(mailbox).stream().anyMatch(Event::isMessageEvent);
    }

    private boolean any(Predicate<Registration> test) {
        return entries.values().stream().map(Entry::registration).anyMatch(test);
    }
}
