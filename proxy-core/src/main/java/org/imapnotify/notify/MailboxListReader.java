package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;

/** Reads {@code one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")"} (RFC 5465, section 8). */
final class MailboxListReader {
    private final ImapReader in;
    private final boolean utf8Names;

    MailboxListReader(ImapReader in, boolean utf8Names) {
        this.in = in;
        this.utf8Names = utf8Names;
    }

    List<MailboxName> read() {
        if (!in.skip('(')) {
            return List.of(mailbox());
        }
        List<MailboxName> names = new ArrayList<>();
        do {
            names.add(mailbox());
        } while (in.skip(' '));
        in.expect(')');
        return names;
    }

    /** No CHAR8 is NUL; such a name must not reach upstream. */
    private MailboxName mailbox() {
        MailboxName name = in.mailbox(utf8Names);
        if (name.octets().indexOf('\0') >= 0) {
            throw NotifyRefused.bad("mailbox name with NUL");
        }
        return name;
    }
}
