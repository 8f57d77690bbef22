package org.imapnotify.watch;

/**
 * One difference between two states of the mailbox table.
 *
 * @param before the row until now; the same as {@code row} when there was none
 */
record Difference(MailboxRow before, MailboxRow row, MailboxChange change) {
    static Difference of(MailboxChange.Kind kind, MailboxRow before, MailboxRow row) {
        return new Difference(before, row, MailboxChange.of(kind, row));
    }
}
