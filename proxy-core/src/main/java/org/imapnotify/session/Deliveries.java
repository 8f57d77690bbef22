package org.imapnotify.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.StatusItems;
import org.imapnotify.notify.StatusNews;
import org.imapnotify.notify.StatusResponse;
import org.imapnotify.watch.Handover;
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
    /** One unsolicited response and what it is called in the books. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Line(byte[] octets, String event) {}

    private final Map<MailboxName, MailboxStatus> told = new HashMap<>();
    private final Map<MailboxName, MailboxRow> dirty = new LinkedHashMap<>();
    private final Set<MailboxName> ahead = new HashSet<>();
    private final Settling settling = new Settling();
    private final OwnAdditions additions = new OwnAdditions();
    private final Pace pace = new Pace();
    private final NameNews names = new NameNews();
    private final MetadataNews metadata = new MetadataNews();

    void clear() {
        told.clear();
        dirty.clear();
        ahead.clear();
        additions.clear();
        pace.clear();
        settling.clear();
        names.clear();
        metadata.clear();
    }

    boolean isPending() {
        return !dirty.isEmpty() || names.isPending() || metadata.isPending();
    }

    /** True while time has to be kept: {@link #windowEnded} is to follow. */
    boolean keepsTime() {
        return pace.isOpen() || settling.isOpen() || names.keepsTime();
    }

    /** A {@linkplain Pace#WINDOW window} is over. */
    void windowEnded() {
        pace.clear();
        names.windowEnded();
        for (MailboxName name : settling.windowEnded()) {
            ahead.remove(name); // what a server says of UIDNEXT from now on is so, even if it goes backwards
            Optional<MailboxRow> row = names.row(name);
            told.computeIfPresent(
                    name,
                    (any, known) ->
                            row.map(now -> known.filledFrom(now.status())).orElse(known));
        }
    }

    NameNews names() {
        return names;
    }

    MetadataNews metadata() {
        return metadata;
    }

    /** The table was looked at again and shows what it showed: what was to be learnt from it is known. */
    void unchanged(MailboxName name) {
        names.row(name).ifPresent(row -> told.computeIfPresent(name, (any, known) -> known.filledFrom(row.status())));
    }

    /** The client itself has put something into a mailbox. */
    void added(MailboxName name, OwnAdditions.Addition addition) {
        if (told.containsKey(name)) {
            additions.add(name, addition);
        }
    }

    /** The table of a new registration: of mailboxes that the one before covered too, nothing is told twice and nothing lost. */
    void arm(Registration registration, List<MailboxRow> table, Optional<MailboxName> selected) {
        names.arm(table);
        dirty.clear();
        Map<MailboxName, MailboxStatus> before = new HashMap<>(told);
        told.clear();
        for (MailboxRow row : table) {
            if (!messageEvents(registration, row).isEmpty()) {
                MailboxStatus known = before.getOrDefault(row.name(), row.status());
                told.put(row.name(), known);
                if (!known.equals(row.status()) && !isSelected(row.name(), selected)) {
                    dirty.put(row.name(), row);
                }
            }
        }
    }

    /** Another watcher goes on with the registration: what has happened between the two looks is told. False as with {@link #changed}. */
    boolean handOver(Registration registration, List<MailboxRow> table, Optional<MailboxName> selected) {
        Handover.between(
                List.copyOf(names.rows()), table, (row, change) -> changed(registration, row, change, selected));
        return !names.isTooMuch();
    }

    /** SET STATUS: one STATUS for each mailbox with message events that is not selected (N-050..N-054). */
    List<byte[]> initial(
            Registration registration, Optional<MailboxName> selected, boolean condstoreOffered, boolean utf8) {
        List<byte[]> lines = new ArrayList<>();
        for (MailboxRow row : names.rows()) {
            if (row.hasStatus() && !messageEvents(registration, row).isEmpty() && !isSelected(row.name(), selected)) {
                StatusNews.initial(row.status(), messageEvents(registration, row), condstoreOffered)
                        .ifPresent(news -> lines.add(StatusResponse.of(row.name(), news, utf8)));
                told.put(row.name(), row.status());
                settle(row.name(), row.status());
                dirty.remove(row.name());
            }
        }
        return lines;
    }

    /** The mailboxes that are there and whose messages cannot be seen: one LIST each (N-061). */
    List<byte[]> withoutAccess(Registration registration, boolean utf8) {
        List<byte[]> lines = new ArrayList<>();
        for (MailboxRow row : names.rows()) {
            if (row.isWithoutAccess() && !messageEvents(registration, row).isEmpty()) {
                lines.add(NameNews.list(row, utf8).of(row.name()));
            }
        }
        return lines;
    }

    /** A row differs from what it was; false when more has changed than can be kept. */
    boolean changed(Registration registration, MailboxRow row, MailboxChange change, Optional<MailboxName> selected) {
        boolean implied = names.changed(registration, row, change);
        switch (change.kind()) {
            case CREATED -> { // of a name that the client may know already: a rename took it along
                putOff(row.name());
                status(registration, row, selected);
            }
            case DELETED -> {
                forget(registration, row);
                metadata.deleted(row.name());
            }
            case RENAMED, RENAMED_WITH_PARENT -> {
                putOff(change.oldName());
                if (!implied) {
                    renamed(registration, row, change);
                }
                metadata.renamed(change.oldName(), row.name());
                status(registration, row, selected);
            }
            default -> status(registration, row, selected);
        }
        return !names.isTooMuch();
    }

    private void status(Registration registration, MailboxRow row, Optional<MailboxName> selected) {
        boolean counts = row.hasStatus() && !messageEvents(registration, row).isEmpty();
        if (counts && !isSelected(row.name(), selected)) {
            dirty.put(row.name(), row);
        }
    }

    /** Who hears of a new name takes what is known along, of the mailboxes below too; outside of what is watched it would grow old unseen. */
    private void renamed(Registration registration, MailboxRow row, MailboxChange change) {
        MailboxName from = change.oldName();
        boolean hearsOfIt = hearsOfName(registration, row.named(from)) || hearsOfName(registration, row);
        if (!hearsOfIt || from.isInbox()) {
            return;
        }
        told.remove(row.name());
        for (MailboxName name : List.copyOf(told.keySet())) {
            name.renamed(from, row.name(), row.delimiter()).ifPresent(now -> {
                MailboxStatus known = told.remove(name);
                boolean counts = (now.equals(row.name())
                                ? Optional.of(row)
                                : names.row(name).map(old -> old.named(now)))
                        .filter(moved -> !messageEvents(registration, moved).isEmpty())
                        .isPresent();
                if (known != null && counts) {
                    told.put(now, known);
                }
            });
        }
    }

    /** A client that does not hear of the name goes on believing the numbers it knows: they are what is to be corrected. */
    private void forget(Registration registration, MailboxRow row) {
        if (hearsOfName(registration, row)) {
            told.remove(row.name());
        }
        putOff(row.name());
    }

    /** What was to be told of a mailbox by this name is not the last word any more. */
    private void putOff(MailboxName name) {
        dirty.remove(name);
        ahead.remove(name);
        additions.forget(name);
    }

    private static boolean hearsOfName(Registration registration, MailboxRow row) {
        return registration.eventsFor(row).contains(Event.MAILBOX_NAME);
    }

    /** The next thing to tell, if any. */
    Optional<Line> next(Registration registration, Optional<MailboxName> selected, boolean condstore, boolean utf8) {
        Optional<byte[]> name = names.next(registration, utf8);
        if (name.isPresent()) {
            return name.map(line -> new Line(line, "list"));
        }
        Optional<byte[]> annotations = metadata.next(registration, names::row, utf8);
        if (annotations.isPresent()) {
            return annotations.map(line -> new Line(line, "metadata"));
        }
        Iterator<MailboxRow> changed = dirty.values().iterator();
        while (changed.hasNext()) {
            MailboxRow row = changed.next();
            if (isSelected(row.name(), selected)) {
                changed.remove();
            } else if (!pace.holds(row.name())) {
                changed.remove();
                Optional<StatusNews> news = news(row, messageEvents(registration, row), condstore);
                if (news.isPresent()) {
                    pace.told(row.name());
                    return Optional.of(new Line(StatusResponse.of(row.name(), news.get(), utf8), "status"));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<StatusNews> news(MailboxRow row, Set<Event> events, boolean condstore) {
        MailboxStatus last = told.getOrDefault(row.name(), MailboxStatus.UNKNOWN);
        if (ahead.contains(row.name()) && isOlder(row.status(), last)) {
            return Optional.empty(); // the table is late: its next look is newer
        }
        ahead.remove(row.name());
        MailboxStatus known = additions.explain(row.name(), last, row.status());
        Optional<StatusNews> news = StatusNews.between(known, row.status(), events, condstore);
        told.put(row.name(), news.map(n -> n.after(known)).orElse(known).filledFrom(row.status()));
        return news;
    }

    /** The client knows more than the table, for a while. */
    private void ahead(MailboxName name) {
        ahead.add(name);
        settling.add(name);
    }

    private static boolean sameMessages(MailboxStatus one, MailboxStatus other) {
        return one.messages() == other.messages() && one.uidNext() == other.uidNext();
    }

    /** UIDNEXT only grows, and without it MESSAGES only shrinks: what is the other way round is from before. */
    private static boolean isOlder(MailboxStatus status, MailboxStatus known) {
        boolean comparable = known.uidValidity() < 0 || known.uidValidity() == status.uidValidity();
        return comparable
                && (status.uidNext() < known.uidNext()
                        || (status.uidNext() == known.uidNext() && status.messages() > known.messages()));
    }

    private void settle(MailboxName name, MailboxStatus status) {
        ahead.remove(name);
        additions.settled(name, status);
    }

    /** The mailbox is the selected one now: its news come another way (N-042). */
    void selected(MailboxName name) {
        dirty.remove(name);
    }

    /**
     * The mailbox is not selected any more: the client knows what it was shown there (N-043). The table may not have seen it all
     * yet; then its next look tells what the client does not know.
     */
    void unselected(SelectedMailbox left) {
        MailboxRow row = names.row(left.name()).orElse(null);
        MailboxStatus before = told.get(left.name());
        if (row == null || before == null || !row.hasStatus()) {
            return;
        }
        MailboxStatus known = left.shown(before, row.status());
        told.put(left.name(), known);
        additions.forget(left.name());
        boolean settles = known.unseen() < 0;
        if (settles) {
            settling.add(left.name());
        }
        if (left.knowsUidNext() && isOlder(row.status(), known)) {
            ahead(left.name());
        } else if (!settles || !sameMessages(row.status(), known)) {
            dirty.put(left.name(), row);
        }
    }

    /** {@code SP mailbox SP "(" status-att-list ")"}: the client has asked and knows. */
    void clientReads(ImapReader arguments, boolean utf8) {
        arguments.space();
        MailboxName name = arguments.mailbox(utf8);
        MailboxStatus known = told.get(name);
        if (known != null) {
            arguments.space();
            MailboxStatus read = StatusItems.read(arguments);
            told.put(name, read.filledFrom(known));
            additions.settled(name, read);
            ahead(name);
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
