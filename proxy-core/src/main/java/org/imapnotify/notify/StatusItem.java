package org.imapnotify.notify;

import java.util.function.ToLongFunction;

/**
 * The STATUS items that a client is told of, in the order they are written. No others exist here: Evolution drops the
 * connection on an item that it does not know.
 */
public enum StatusItem {
    MESSAGES(MailboxStatus::messages),
    UIDNEXT(MailboxStatus::uidNext),
    UIDVALIDITY(MailboxStatus::uidValidity),
    UNSEEN(MailboxStatus::unseen),
    HIGHESTMODSEQ(MailboxStatus::highestModSeq);

    private final ToLongFunction<MailboxStatus> value;

    StatusItem(ToLongFunction<MailboxStatus> value) {
        this.value = value;
    }

    public long of(MailboxStatus status) {
        return value.applyAsLong(status);
    }

    /** Servers answer HIGHESTMODSEQ 0 for a mailbox without mod-sequences (RFC 7162, section 3.1.2.2). */
    public boolean isKnown(MailboxStatus status) {
        return of(status) >= (this == HIGHESTMODSEQ ? 1 : 0);
    }
}
