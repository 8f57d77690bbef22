package org.imapnotify.notify;

/** The counters of one mailbox as STATUS gave them; -1 is not known. */
public record MailboxStatus(long messages, long uidNext, long uidValidity, long unseen, long highestModSeq) {
    public static final MailboxStatus UNKNOWN = new MailboxStatus(-1, -1, -1, -1, -1);

    /** This, with what is not known taken from another status: a counter first seen is no news. */
    public MailboxStatus filledFrom(MailboxStatus other) {
        return new MailboxStatus(
                known(messages, other.messages),
                known(uidNext, other.uidNext),
                known(uidValidity, other.uidValidity),
                known(unseen, other.unseen),
                known(highestModSeq, other.highestModSeq));
    }

    /** As far as this shows. */
    public boolean neverHadMessages() {
        return messages == 0 && uidNext == 1;
    }

    /** This with another UIDNEXT and UIDVALIDITY. */
    public MailboxStatus withUids(long next, long validity) {
        return new MailboxStatus(messages, next, validity, unseen, highestModSeq);
    }

    private static long known(long mine, long others) {
        return mine >= 0 ? mine : others;
    }
}
