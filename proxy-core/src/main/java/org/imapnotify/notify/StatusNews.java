package org.imapnotify.notify;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What to tell of one mailbox that is not selected (RFC 5465, sections 3.1 and 5.1 to 5.3). A STATUS that says nothing
 * new is never made: some clients synchronise the mailbox upon each.
 *
 * @param items what is told, in the order of {@link StatusItem}; never empty
 * @param status the values
 */
public record StatusNews(Set<StatusItem> items, MailboxStatus status) {
    private static final Set<StatusItem> CONTENT = Set.of(StatusItem.MESSAGES, StatusItem.UIDNEXT);
    private static final Set<StatusItem> MOD_SEQ = Set.of(StatusItem.UIDVALIDITY, StatusItem.HIGHESTMODSEQ);

    public StatusNews {
        items = Collections.unmodifiableSet(EnumSet.copyOf(items));
    }

    /**
     * The news between what a client was last told and what is so now.
     *
     * @param told the client's knowledge, {@link MailboxStatus#UNKNOWN} for a mailbox that came to be watched after the
     *     NOTIFY; such a mailbox is news unless it is empty
     * @param condstoreEnabled the client has enabled CONDSTORE or QRESYNC
     */
    public static Optional<StatusNews> between(
            MailboxStatus told, MailboxStatus now, Set<Event> events, boolean condstoreEnabled) {
        MailboxStatus value = neverBackwards(told, now);
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        if (wantsMessages(events) && contentChanged(told, value)) {
            items.addAll(CONTENT);
            addIfChanged(StatusItem.UIDVALIDITY, told, value, items);
            addIfChanged(StatusItem.UNSEEN, told, value, items);
            if (condstoreEnabled) {
                items.add(StatusItem.HIGHESTMODSEQ);
            }
        } else if (events.contains(Event.FLAG_CHANGE)) {
            addFlagItems(told, value, condstoreEnabled, items);
        }
        return of(items, value);
    }

    /** The STATUS that SET STATUS asks for; with the same items that later news may change. */
    public static Optional<StatusNews> initial(MailboxStatus now, Set<Event> events, boolean condstoreSupported) {
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        if (wantsMessages(events)) {
            items.addAll(CONTENT);
            items.addAll(Set.of(StatusItem.UIDVALIDITY, StatusItem.UNSEEN));
        }
        boolean flags = events.contains(Event.FLAG_CHANGE) || events.contains(Event.ANNOTATION_CHANGE);
        if (flags && condstoreSupported) {
            items.addAll(MOD_SEQ);
        }
        return of(items, now);
    }

    /** What the client knows once it has read this. What was not told stays untold, what was unknown counts as known. */
    public MailboxStatus after(MailboxStatus told) {
        if (changed(StatusItem.UIDVALIDITY, told, status)) {
            return status; // nothing known of the mailbox before means anything
        }
        MailboxStatus known = new MailboxStatus(
                toldNow(StatusItem.MESSAGES, told),
                toldNow(StatusItem.UIDNEXT, told),
                toldNow(StatusItem.UIDVALIDITY, told),
                toldNow(StatusItem.UNSEEN, told),
                toldNow(StatusItem.HIGHESTMODSEQ, told));
        return known.filledFrom(status);
    }

    private long toldNow(StatusItem item, MailboxStatus told) {
        return item.of(items.contains(item) ? status : told);
    }

    private static Optional<StatusNews> of(Set<StatusItem> items, MailboxStatus status) {
        items.removeIf(item -> !item.isKnown(status));
        return items.isEmpty() ? Optional.empty() : Optional.of(new StatusNews(items, status));
    }

    private static boolean wantsMessages(Set<Event> events) {
        return events.contains(Event.MESSAGE_NEW) || events.contains(Event.MESSAGE_EXPUNGE);
    }

    /** UIDNEXT that moved while MESSAGES did not is a message that came and one that went. */
    private static boolean contentChanged(MailboxStatus told, MailboxStatus now) {
        boolean firstSeen = told.messages() < 0 && now.messages() > 0;
        return firstSeen
                || changed(StatusItem.MESSAGES, told, now)
                || changed(StatusItem.UIDNEXT, told, now)
                || changed(StatusItem.UIDVALIDITY, told, now);
    }

    private static void addFlagItems(
            MailboxStatus told, MailboxStatus now, boolean condstoreEnabled, Set<StatusItem> items) {
        if (changed(StatusItem.UNSEEN, told, now)) {
            items.add(StatusItem.UNSEEN);
        }
        boolean modSeqKnown = StatusItem.HIGHESTMODSEQ.isKnown(now);
        if (condstoreEnabled && modSeqKnown && (!items.isEmpty() || changed(StatusItem.HIGHESTMODSEQ, told, now))) {
            items.addAll(MOD_SEQ);
        }
    }

    private static void addIfChanged(StatusItem item, MailboxStatus told, MailboxStatus now, Set<StatusItem> items) {
        if (item.of(told) != item.of(now)) {
            items.add(item);
        }
    }

    /** Known before and different now: a counter seen for the first time is no event. */
    private static boolean changed(StatusItem item, MailboxStatus told, MailboxStatus now) {
        return item.isKnown(told) && item.isKnown(now) && item.of(told) != item.of(now);
    }

    /** A late answer, or a server that computes UIDNEXT from the messages left, must not turn back the client's clock. */
    private static MailboxStatus neverBackwards(MailboxStatus told, MailboxStatus now) {
        if (changed(StatusItem.UIDVALIDITY, told, now)) {
            return now;
        }
        boolean staleModSeq = StatusItem.HIGHESTMODSEQ.isKnown(now) && now.highestModSeq() < told.highestModSeq();
        return new MailboxStatus(
                now.messages(),
                Math.max(told.uidNext(), now.uidNext()),
                now.uidValidity(),
                now.unseen(),
                staleModSeq ? told.highestModSeq() : now.highestModSeq());
    }
}
