package org.imapnotify.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.StatusItems;
import org.imapnotify.notify.StatusNews;
import org.imapnotify.notify.StatusResponse;
import org.imapnotify.watch.Handover;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * What this client was last told of each mailbox, and what it is still to be told. Numbers are never queued: a mailbox that
 * changed is marked, and when the client can be written to it gets the difference to what it knows. What happens to names is
 * queued, because every step counts, and the queue is bounded.
 */
final class Deliveries {
    /** One unsolicited response and what it is called in the books. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Line(byte[] octets, String event) {}

    private final ToldNumbers told = new ToldNumbers();
    private final Map<MailboxName, MailboxRow> dirty = new LinkedHashMap<>();
    private final Pace pace = new Pace();
    private final NameNews names = new NameNews();
    private final MetadataNews metadata = new MetadataNews();
    /** What the rows of names are about. */
    private @Nullable Registration armed;

    void clear() {
        told.clear();
        dirty.clear();
        pace.clear();
        names.clear();
        metadata.clear();
        armed = null;
    }

    boolean isPending() {
        return !dirty.isEmpty() || names.isPending() || metadata.isPending();
    }

    /** True while time has to be kept: {@link #windowEnded} is to follow. */
    boolean keepsTime() {
        return pace.isOpen() || told.keepsTime() || names.keepsTime();
    }

    /** A {@linkplain Pace#WINDOW window} is over. */
    void windowEnded() {
        pace.clear();
        names.windowEnded();
        told.windowEnded(names::row);
    }

    NameNews names() {
        return names;
    }

    MetadataNews metadata() {
        return metadata;
    }

    /** The table was looked at again and shows what it showed: what was to be learnt from it is known. */
    void unchanged(MailboxName name) {
        names.row(name).ifPresent(told::unchanged);
    }

    /** The client itself has put something into a mailbox. */
    void added(MailboxName name, OwnAdditions.Addition addition) {
        told.added(name, addition);
    }

    /**
     * The table of a new registration. Of what the one before was about, too, nothing is told twice and nothing lost that has happened
     * since its last look; what only this one is about begins now.
     */
    void arm(Registration registration, List<MailboxRow> table, Optional<MailboxName> selected) {
        Registration before = armed;
        armed = registration;
        if (before != null) {
            Handover.between(
                    NameNews.named(before, names.rows()),
                    NameNews.named(before, table),
                    (row, change) -> changed(registration, row, change, selected));
        }
        names.arm(registration, table);
        dirty.clear();
        List<MailboxRow> counted = table.stream()
                .filter(row -> !registration.messageEventsFor(row).isEmpty())
                .toList();
        told.arm(counted, row -> before != null && !before.messageEventsFor(row).isEmpty());
        counted.stream()
                .filter(row -> told.differsFrom(row) && !isSelected(row.name(), selected))
                .forEach(row -> dirty.put(row.name(), row));
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
            if (row.hasStatus() && !registration.messageEventsFor(row).isEmpty() && !isSelected(row.name(), selected)) {
                StatusNews.initial(row.status(), registration.messageEventsFor(row), condstoreOffered)
                        .ifPresent(news -> lines.add(StatusResponse.of(row.name(), news, utf8)));
                told.toldAll(row);
                dirty.remove(row.name());
            }
        }
        return lines;
    }

    /** The mailboxes that are there and whose messages cannot be seen: one LIST each (N-061). */
    List<byte[]> withoutAccess(Registration registration, boolean utf8) {
        List<byte[]> lines = new ArrayList<>();
        for (MailboxRow row : names.rows()) {
            if (row.isWithoutAccess() && !registration.messageEventsFor(row).isEmpty()) {
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
        boolean counts = row.hasStatus() && !registration.messageEventsFor(row).isEmpty();
        if (counts && !isSelected(row.name(), selected)) {
            dirty.put(row.name(), row);
        }
    }

    private void renamed(Registration registration, MailboxRow row, MailboxChange change) {
        MailboxName from = change.oldName();
        boolean hearsOfIt = hearsOfName(registration, row.named(from)) || hearsOfName(registration, row);
        if (hearsOfIt && !from.isInbox()) {
            told.renamed(
                    from,
                    row,
                    names::row,
                    moved -> !registration.messageEventsFor(moved).isEmpty());
        }
    }

    /** A client that does not hear of the name goes on believing the numbers it knows: they are what is to be corrected. */
    private void forget(Registration registration, MailboxRow row) {
        if (hearsOfName(registration, row)) {
            told.forget(row.name());
        }
        putOff(row.name());
    }

    /** What was to be told of a mailbox by this name is not the last word any more. */
    private void putOff(MailboxName name) {
        dirty.remove(name);
        told.unsettle(name);
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
                Optional<StatusNews> news = told.news(registration, row, condstore);
                if (news.isPresent()) {
                    pace.told(row.name());
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

    /** The mailbox is not selected any more. */
    void unselected(SelectedMailbox left) {
        names.row(left.name()).filter(row -> told.left(left, row)).ifPresent(row -> dirty.put(row.name(), row));
    }

    /** {@code SP mailbox SP "(" status-att-list ")"}: the client has asked and knows. */
    void clientReads(ImapReader arguments, boolean utf8) {
        arguments.space();
        MailboxName name = arguments.mailbox(utf8);
        arguments.space();
        told.read(name, StatusItems.read(arguments), names.rows().size());
    }

    private static boolean isSelected(MailboxName name, Optional<MailboxName> selected) {
        return selected.isPresent() && selected.get().equals(name);
    }
}
