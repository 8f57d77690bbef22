package org.imapnotify.session;

import java.util.TreeSet;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;

/**
 * The mailbox this session has selected, as the client knows it: how many messages it was told of, and what it is still owed.
 * Message sequence numbers mean the same to client and upstream, because every EXISTS and EXPUNGE goes on in order.
 */
final class SelectedMailbox {
    private final MailboxName name;
    private long exists;
    private long uidNext;
    private final long uidValidity;
    private long modSeq;
    private boolean moved;
    private long unfetched;
    private final TreeSet<Long> changedFlags = new TreeSet<>();
    private final Arrivals arrivals = new Arrivals();
    private long unfetchedUid = -1;

    /**
     * @param exists what SELECT said of it
     * @param selected what else SELECT said
     */
    SelectedMailbox(MailboxName name, long exists, Codes selected) {
        this.name = name;
        this.exists = exists;
        this.uidNext = selected.uidNext;
        this.uidValidity = selected.uidValidity;
        this.modSeq = selected.modSeq;
    }

    /** The response codes of SELECT (RFC 3501 section 6.3.1, RFC 7162 section 3.1.2.1); -1 what was not said. */
    static final class Codes {
        long uidNext = -1;
        long uidValidity = -1;
        long modSeq = -1;
    }

    MailboxName name() {
        return name;
    }

    /** New messages that belong to results of searches. */
    Arrivals arrivals() {
        return arrivals;
    }

    long exists() {
        return exists;
    }

    /** Where SELECT did not say it, nobody knows how much of the mailbox the client has seen. */
    boolean knowsUidNext() {
        return uidNext >= 0;
    }

    /** A mod-sequence that the client was shown: it knows of everything up to here. */
    void onModSeq(long shown) {
        modSeq = Math.max(modSeq, shown);
    }

    /** Flags or messages have changed since the table was last heard of. */
    void moved() {
        moved = true;
    }

    /** The table has looked. */
    void looked() {
        moved = false;
    }

    /**
     * What the client knows of the mailbox when it leaves it. Which messages are unseen was the business of the selected mailbox
     * up to now, so the table has the last word on it, unless something has moved since its last look: then its next.
     *
     * @param table what the table has, which may be late
     */
    MailboxStatus shown(MailboxStatus before, MailboxStatus table) {
        return new MailboxStatus(
                exists,
                uidNext >= 0 ? uidNext : table.uidNext(),
                uidValidity >= 0 ? uidValidity : before.uidValidity(),
                moved ? -1 : table.unseen(),
                modSeq >= 0 || moved ? modSeq : table.highestModSeq());
    }

    /** {@code * n EXISTS}: gives the number of messages that are new to the client. */
    long onExists(long count) {
        long news = Math.max(0, count - exists);
        exists = count;
        if (news > 0 && unfetchedUid < 0) {
            unfetchedUid = uidNext;
        }
        if (uidNext >= 0) {
            uidNext += news;
        }
        moved |= news > 0;
        return news;
    }

    /** There is a message with this UID. */
    void seenUid(long uid) {
        uidNext = uidNext < 0 ? uidNext : Math.max(uidNext, uid + 1);
    }

    /** The client is owed a FETCH of the newest {@code count} messages. */
    void oweFetch(long count) {
        unfetched += count;
    }

    /** The client is owed a FETCH with UID and FLAGS of this message (N-109: the server left the UID out). */
    void oweFlags(long sequenceNumber) {
        changedFlags.add(sequenceNumber);
    }

    /** The first message that a FETCH owed to the client is for; beyond the last when none is owed. */
    long owedFrom() {
        return exists - unfetched + 1;
    }

    /** True for a message that a FETCH owed to the client will tell of anyway. */
    boolean isOwed(long sequenceNumber) {
        return sequenceNumber >= owedFrom();
    }

    /** {@code * n EXPUNGE}: everything above moves down by one. */
    void onExpunge(long sequenceNumber) {
        if (sequenceNumber > exists) {
            return; // more EXPUNGEs than messages: seen from servers that repeat them (GreenMail after DONE)
        }
        if (isOwed(sequenceNumber)) {
            unfetched--;
        }
        arrivals.onExpunge(sequenceNumber);
        exists--;
        moved = true;
        TreeSet<Long> moved = new TreeSet<>();
        for (long changed : changedFlags.tailSet(sequenceNumber, true)) {
            if (changed != sequenceNumber) {
                moved.add(changed - 1);
            }
        }
        changedFlags.tailSet(sequenceNumber, true).clear();
        changedFlags.addAll(moved);
    }

    /** {@code * VANISHED uids}: so many are gone, which ones of the numbers is not known. */
    void onVanished(long count) {
        exists = Math.max(0, exists - count);
        moved |= count > 0;
        unfetched = Math.min(unfetched, exists);
        arrivals.onVanished();
        changedFlags.clear(); // a server that says VANISHED gives UIDs itself (RFC 7162 section 3.2.7)
    }

    boolean owesFetch() {
        return unfetched > 0;
    }

    boolean owesFlags() {
        return !changedFlags.isEmpty();
    }

    /** Takes the sequence set of the messages a FETCH is owed for; call only when {@link #owesFetch}. */
    Range takeUnfetched() {
        Range range = new Range(owedFrom(), exists);
        unfetched = 0;
        unfetchedUid = -1;
        return range;
    }

    /** As {@link #takeUnfetched}: the least UID they can have, -1 when that is not known. */
    long takeUnfetchedUid() {
        long from = unfetchedUid;
        unfetched = 0;
        unfetchedUid = -1;
        return from;
    }

    /** Takes the sequence set of the messages whose flags are owed, runs written as ranges. */
    String takeChangedFlags() {
        String set = SequenceSet.of(changedFlags);
        changedFlags.clear();
        return set;
    }

    /** Message sequence numbers from..to, both included. */
    record Range(long from, long to) {
        boolean holds(long number) {
            return from <= number && number <= to;
        }

        @Override
        public String toString() {
            return from == to ? Long.toString(from) : from + ":" + to;
        }
    }
}
