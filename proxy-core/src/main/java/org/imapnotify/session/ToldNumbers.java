package org.imapnotify.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.StatusNews;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.MailboxName;

/**
 * What this client knows of the numbers of mailboxes that are not selected: what it was told last, has asked for itself, was shown while
 * the mailbox was selected, or has put there.
 */
final class ToldNumbers {
    /** Of so many mailboxes that the table does not have, perhaps not yet, it is remembered what the client has asked for. */
    private static final int MOST_READ = 1000;

    private final Map<MailboxName, MailboxStatus> told = new HashMap<>();
    /** Mailboxes of which the client knows more than the table has, for a while. */
    private final Set<MailboxName> ahead = new HashSet<>();

    private final Settling settling = new Settling();
    private final OwnAdditions additions = new OwnAdditions();

    void clear() {
        told.clear();
        ahead.clear();
        additions.clear();
        settling.clear();
    }

    /** True while {@link #windowEnded} is to follow. */
    boolean keepsTime() {
        return settling.isOpen();
    }

    void windowEnded(Function<MailboxName, Optional<MailboxRow>> table) {
        for (MailboxName name : settling.windowEnded()) {
            ahead.remove(name); // what a server says of UIDNEXT from now on is so, even if it goes backwards
            table.apply(name).ifPresent(this::unchanged);
        }
    }

    /** The row is as it was: what was to be learnt from it is known. */
    void unchanged(MailboxRow row) {
        told.computeIfPresent(row.name(), (any, known) -> known.filledFrom(row.status()));
    }

    /** The client itself has put something into a mailbox. */
    void added(MailboxName name, OwnAdditions.Addition addition) {
        if (told.containsKey(name)) {
            additions.add(name, addition);
        }
    }

    /**
     * The rows that count for a new registration. A mailbox that the one before was about, and of which nothing is known, has come
     * meanwhile; of what only this one is about its present numbers are known.
     */
    void arm(List<MailboxRow> rows, Predicate<MailboxRow> before) {
        Map<MailboxName, MailboxStatus> known = new HashMap<>(told);
        told.clear();
        for (MailboxRow row : rows) {
            MailboxStatus begins = before.test(row) ? MailboxStatus.UNKNOWN : row.status();
            told.put(row.name(), known.getOrDefault(row.name(), begins));
        }
    }

    /** There is something to tell. */
    boolean differsFrom(MailboxRow row) {
        return row.hasStatus() && !row.status().equals(told.get(row.name()));
    }

    /** The client has been told all of it. */
    void toldAll(MailboxRow row) {
        told.put(row.name(), row.status());
        ahead.remove(row.name());
        additions.settled(row.name(), row.status());
    }

    /** The mailbox is gone, and the client hears of that. */
    void forget(MailboxName name) {
        told.remove(name);
    }

    /** What the table showed of a mailbox by this name is not the last word any more. */
    void unsettle(MailboxName name) {
        ahead.remove(name);
        additions.forget(name);
    }

    /**
     * Who hears of a new name takes what is known along, of the mailboxes below too.
     *
     * @param counts outside of what is watched it would grow old unseen; asked for the row by its old name and by its new one
     */
    void renamed(
            MailboxName from,
            MailboxRow to,
            Function<MailboxName, Optional<MailboxRow>> table,
            Predicate<MailboxRow> counts) {
        told.remove(to.name());
        for (MailboxName name : List.copyOf(told.keySet())) {
            name.renamed(from, to.name(), to.delimiter()).ifPresent(now -> {
                MailboxStatus known = told.remove(name);
                Optional<MailboxRow> moved = now.equals(to.name())
                        ? Optional.of(to)
                        : table.apply(name).map(row -> row.named(now));
                if (known != null
                        && moved.filter(row -> counts.test(row) && counts.test(row.named(name)))
                                .isPresent()) {
                    told.put(now, known);
                }
            });
        }
    }

    /** What the row has that the client does not know; it counts as told. */
    Optional<StatusNews> news(Registration registration, MailboxRow row, boolean condstore) {
        MailboxStatus last = told.getOrDefault(row.name(), MailboxStatus.UNKNOWN);
        if (ahead.contains(row.name()) && isOlder(row.status(), last)) {
            return Optional.empty(); // the table is late: its next look is newer
        }
        ahead.remove(row.name());
        MailboxStatus known = additions.explain(row.name(), last, row.status());
        Optional<StatusNews> news =
                StatusNews.between(known, row.status(), registration.messageEventsFor(row), condstore);
        told.put(row.name(), news.map(n -> n.after(known)).orElse(known).filledFrom(row.status()));
        return news;
    }

    /**
     * The mailbox is not selected any more: the client knows what it was shown there (N-043). The table may not have seen it all
     * yet; then its next look tells what the client does not know. True when the row is to be looked at now.
     */
    boolean left(SelectedMailbox left, MailboxRow row) {
        MailboxStatus before = told.get(left.name());
        if (before == null || !row.hasStatus()) {
            return false;
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
            return false;
        }
        return !settles || !sameMessages(row.status(), known);
    }

    /** The client has asked and knows. */
    void read(MailboxName name, MailboxStatus read, int listed) {
        MailboxStatus known = told.get(name);
        if (known != null || told.size() < listed + MOST_READ) {
            told.put(name, known == null ? read : read.filledFrom(known));
            additions.settled(name, read);
            ahead(name);
        }
    }

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
}
