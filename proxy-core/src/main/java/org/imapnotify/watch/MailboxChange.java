package org.imapnotify.watch;

import org.imapnotify.wire.MailboxName;

/**
 * What has changed in a row of the mailbox table.
 *
 * @param oldName the name before, for {@link Kind#RENAMED} and {@link Kind#RENAMED_WITH_PARENT}; else the name
 */
public record MailboxChange(Kind kind, MailboxName oldName) {
    /** The kinds of change; several changes of one row are told one after the other. */
    public enum Kind {
        /** The numbers of STATUS. */
        STATUS,
        /** The name is listed now and was not before. */
        CREATED,
        /** The name is listed no more. */
        DELETED,
        /** The mailbox has another name, as far as snapshots can show it. */
        RENAMED,
        /** The mailbox has another name because one above it was renamed: RFC 5465 section 5.4 wants no event for it. */
        RENAMED_WITH_PARENT,
        SUBSCRIBED,
        UNSUBSCRIBED,
        /** STATUS is refused now, or is not any more, or the mailbox has become selectable or ceased to be. */
        ACCESS,
        /** Other attributes of LIST, such as \HasChildren; \Marked and \Unmarked do not count. */
        ATTRIBUTES
    }

    static MailboxChange of(Kind kind, MailboxRow row) {
        return new MailboxChange(kind, row.name());
    }
}
