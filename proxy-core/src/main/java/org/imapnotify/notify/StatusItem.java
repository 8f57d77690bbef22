package org.imapnotify.notify;

/**
 * The STATUS items that a client is told of, in the order they are written. No others exist here: Evolution drops the
 * connection on an item that it does not know.
 */
public enum StatusItem {
    MESSAGES,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    HIGHESTMODSEQ;

    public long of(MailboxStatus status) {
        return switch (this) {
            case MESSAGES -> status.messages();
            case UIDNEXT -> status.uidNext();
            case UIDVALIDITY -> status.uidValidity();
            case UNSEEN -> status.unseen();
            case HIGHESTMODSEQ -> status.highestModSeq();
        };
    }

    /** Servers answer HIGHESTMODSEQ 0 for a mailbox without mod-sequences (RFC 7162, section 3.1.2.2). */
    public boolean isKnown(MailboxStatus status) {
        return of(status) >= (this == HIGHESTMODSEQ ? 1 : 0);
    }
}
