package org.imapnotify.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.ListResponse;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.StatusNews;
import org.imapnotify.notify.StatusResponse;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;

/**
 * What this client was last told of each mailbox, and what it is still to be told. Numbers are never queued: a mailbox that
 * changed is marked, and when the client can be written to it gets the difference to what it knows. What happens to names is
 * queued, because every step counts, and the queue is bounded.
 */
final class Deliveries {
    /** More changes of names than this at once, unread: the client has to list its mailboxes anyway. */
    private static final int MAX_NAMES = 1000;

    /** One unsolicited response and what it is called in the books. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Line(byte[] octets, String event) {}

    private final Map<MailboxName, MailboxStatus> told = new HashMap<>();
    private final Map<MailboxName, MailboxRow> rows = new LinkedHashMap<>();
    private final Map<MailboxName, MailboxRow> dirty = new LinkedHashMap<>();
    private final Deque<Line> names = new ArrayDeque<>();

    void clear() {
        told.clear();
        rows.clear();
        dirty.clear();
        names.clear();
    }

    boolean isPending() {
        return !dirty.isEmpty() || !names.isEmpty();
    }

    /** The table of a new registration: of mailboxes that the one before covered too, nothing is told twice and nothing lost. */
    void arm(Registration registration, List<MailboxRow> table, Optional<MailboxName> selected) {
        rows.clear();
        dirty.clear();
        Map<MailboxName, MailboxStatus> before = new HashMap<>(told);
        told.clear();
        for (MailboxRow row : table) {
            if (!messageEvents(registration, row).isEmpty()) {
                rows.put(row.name(), row);
                MailboxStatus known = before.getOrDefault(row.name(), row.status());
                told.put(row.name(), known);
                if (!known.equals(row.status()) && !isSelected(row.name(), selected)) {
                    dirty.put(row.name(), row);
                }
            }
        }
    }

    /** SET STATUS: one STATUS for each mailbox with message events that is not selected (N-050..N-054). */
    List<byte[]> initial(
            Registration registration, Optional<MailboxName> selected, boolean condstoreOffered, boolean utf8) {
        List<byte[]> lines = new ArrayList<>();
        for (MailboxRow row : rows.values()) {
            if (row.hasStatus() && !isSelected(row.name(), selected)) {
                StatusNews.initial(row.status(), messageEvents(registration, row), condstoreOffered)
                        .ifPresent(news -> lines.add(StatusResponse.of(row.name(), news, utf8)));
                told.put(row.name(), row.status());
                dirty.remove(row.name());
            }
        }
        return lines;
    }

    /** A row differs from what it was; false when more has changed than can be kept. */
    boolean changed(
            Registration registration,
            MailboxRow row,
            MailboxChange change,
            Optional<MailboxName> selected,
            boolean utf8) {
        switch (change.kind()) {
            case CREATED -> {
                name(registration, Event.MAILBOX_NAME, row, list(row, utf8).of(row.name()));
                forget(registration, row);
            }
            case DELETED -> deleted(registration, row, utf8);
            case RENAMED, RENAMED_WITH_PARENT -> renamed(registration, row, change, utf8);
            case SUBSCRIBED, UNSUBSCRIBED ->
                name(
                        registration,
                        Event.SUBSCRIPTION_CHANGE,
                        row,
                        list(row, utf8).of(row.name()));
            case ACCESS -> {
                if (row.selectable() == row.hasStatus()) { // a parent that stays when it is deleted, or that is created
                    name(registration, Event.MAILBOX_NAME, row, list(row, utf8).of(row.name()));
                }
            }
            case STATUS, ATTRIBUTES -> {}
        }
        if (change.kind() != MailboxChange.Kind.DELETED && row.hasStatus()) {
            status(registration, row, selected);
        }
        return names.size() <= MAX_NAMES;
    }

    private void status(Registration registration, MailboxRow row, Optional<MailboxName> selected) {
        if (messageEvents(registration, row).isEmpty()) {
            return;
        }
        rows.put(row.name(), row);
        if (!isSelected(row.name(), selected)) {
            dirty.put(row.name(), row);
        }
    }

    private void deleted(Registration registration, MailboxRow row, boolean utf8) {
        name(
                registration,
                Event.MAILBOX_NAME,
                row,
                new ListResponse(List.of("\\NonExistent"), row.delimiter(), utf8).of(row.name()));
        forget(registration, row);
    }

    /** Told if either name is watched. */
    private void renamed(Registration registration, MailboxRow row, MailboxChange change, boolean utf8) {
        MailboxRow old = new MailboxRow(
                change.oldName(), row.delimiter(), row.attributes(), row.subscribed(), row.personal(), row.status());
        MailboxStatus known = told.get(old.name());
        boolean knowsName = hearsOfName(registration, old) || hearsOfName(registration, row);
        forget(registration, old);
        if (knowsName) {
            told.remove(old.name());
            told.remove(row.name());
            if (known != null) {
                told.put(row.name(), known);
            }
        }
        if (change.kind() == MailboxChange.Kind.RENAMED && knowsName) {
            names.add(new Line(list(row, utf8).renamed(row.name(), change.oldName()), "list"));
        }
    }

    /** A client that does not hear of the name goes on believing the numbers it knows: they are what is to be corrected. */
    private void forget(Registration registration, MailboxRow row) {
        if (hearsOfName(registration, row)) {
            told.remove(row.name());
        }
        rows.remove(row.name());
        dirty.remove(row.name());
    }

    private static boolean hearsOfName(Registration registration, MailboxRow row) {
        return registration.eventsFor(row).contains(Event.MAILBOX_NAME);
    }

    private void name(Registration registration, Event event, MailboxRow row, byte[] line) {
        if (registration.eventsFor(row).contains(event)) {
            names.add(new Line(line, "list"));
        }
    }

    private static ListResponse list(MailboxRow row, boolean utf8) {
        Set<String> attributes = new LinkedHashSet<>();
        if (row.subscribed()) {
            attributes.add("\\Subscribed");
        }
        attributes.addAll(row.attributes());
        return new ListResponse(attributes, row.delimiter(), utf8);
    }

    /** The next thing to tell, if any. */
    Optional<Line> next(Registration registration, Optional<MailboxName> selected, boolean condstore, boolean utf8) {
        Line name = names.poll();
        if (name != null) {
            return Optional.of(name);
        }
        while (!dirty.isEmpty()) {
            MailboxRow row = dirty.values().iterator().next();
            dirty.remove(row.name());
            if (!isSelected(row.name(), selected)) {
                MailboxStatus known = told.getOrDefault(row.name(), MailboxStatus.UNKNOWN);
                Optional<StatusNews> news =
                        StatusNews.between(known, row.status(), messageEvents(registration, row), condstore);
                MailboxStatus knows = news.map(n -> n.after(known)).orElse(known);
                told.put(row.name(), knows.filledFrom(row.status()));
                if (news.isPresent()) {
                    return Optional.of(new Line(StatusResponse.of(row.name(), news.get(), utf8), "status"));
                }
            }
        }
        return Optional.empty();
    }

    /** The mailbox is the selected one now: its news come another way (N-042). */
    void selected(MailboxName name) {
        dirty.remove(name);
    }

    /**
     * The mailbox is not selected any more: the client knows of so many messages in it (N-043). The table may not have seen them
     * all yet; then its next look tells what the client does not know.
     *
     * @param uidNext the least that UIDNEXT was there, -1 when that is not known
     */
    void unselected(MailboxName name, long exists, long uidNext) {
        MailboxRow row = rows.get(name);
        if (row == null) {
            return;
        }
        MailboxStatus now = row.status();
        long knownNext = uidNext >= 0 ? uidNext : now.uidNext();
        told.put(name, new MailboxStatus(exists, knownNext, now.uidValidity(), now.unseen(), now.highestModSeq()));
        boolean tableIsLate =
                now.uidNext() < knownNext || (uidNext >= 0 && now.uidNext() == knownNext && now.messages() > exists);
        if (!tableIsLate) {
            dirty.put(name, row);
        }
    }

    /** {@code SP mailbox SP "(" status-att-list ")"}: the client has asked and knows. */
    void clientReads(ImapReader arguments, boolean utf8) {
        arguments.space();
        MailboxName name = arguments.mailbox(utf8);
        MailboxStatus known = told.get(name);
        if (known != null) {
            arguments.space();
            told.put(name, StatusItems.read(arguments).filledFrom(known));
        }
    }

    private static Set<Event> messageEvents(Registration registration, MailboxRow row) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        for (Event event : registration.eventsFor(row)) {
            if (event.isMessageEvent()) {
                events.add(event);
            }
        }
        return events;
    }

    private static boolean isSelected(MailboxName name, Optional<MailboxName> selected) {
        return selected.isPresent() && selected.get().equals(name);
    }
}
