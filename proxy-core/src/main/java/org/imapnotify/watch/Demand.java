package org.imapnotify.watch;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.MailboxFacts;
import org.imapnotify.notify.Registration;
import org.imapnotify.wire.MailboxName;

/** The registrations of an account, and what they need together. */
final class Demand {
    /** A registration, when it was made, and whether it has been answered. */
    private record Entry(Registration registration, long since, boolean armed) {}

    private final Map<Subscriber, Entry> entries = new LinkedHashMap<>();

    void put(Subscriber subscriber, Registration registration, long now) {
        entries.remove(subscriber);
        entries.put(subscriber, new Entry(registration, now, false));
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

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean arming() {
        return entries.values().stream().anyMatch(entry -> !entry.armed());
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
            if (entry != null && !entry.armed() && isFresh(entry, table)) {
                entries.put(subscriber, new Entry(entry.registration(), entry.since(), true));
                subscriber.armed(table.rows().stream()
                        .filter(row -> matches(entry.registration(), row))
                        .toList());
            }
        }
    }

    private static boolean isFresh(Entry entry, MailboxTable table) {
        return listIsFresh(entry, table) && staleNames(entry, table).isEmpty();
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
