package org.imapnotify.watch;

import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.StatusItems;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;

/** One STATUS line: mailbox SP "(" [status-att-list] ")", its items in any order, unknown ones passed over. */
record StatusLine(MailboxName name, MailboxStatus status) {
    static StatusLine of(Response line) {
        ImapReader reader = line.arguments();
        MailboxName name = reader.mailboxThenList();
        reader.spaces();
        MailboxStatus status = StatusItems.read(reader);
        if (status.messages() < 0) {
            throw new ProtocolException("STATUS without MESSAGES");
        }
        return new StatusLine(name, status);
    }
}
