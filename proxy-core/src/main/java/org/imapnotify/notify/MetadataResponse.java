package org.imapnotify.notify;

import java.util.Collection;
import org.imapnotify.wire.ImapWriter;
import org.imapnotify.wire.MailboxName;

/** Writes {@code * METADATA mailbox entry...}, names without values (RFC 5464, section 4.4.2). */
public final class MetadataResponse {
    /** The mailbox of the server's own annotations. */
    public static final MailboxName SERVER = MailboxName.of("");

    private MetadataResponse() {}

    /** @param utf8 the client's names are UTF-8 (RFC 6855), not modified UTF-7 */
    public static byte[] of(MailboxName mailbox, Collection<String> entries, boolean utf8) {
        ImapWriter line = new ImapWriter().raw("* METADATA ");
        if (utf8) {
            line.mailbox(mailbox, true);
        } else {
            line.string(mailbox.octets());
        }
        entries.forEach(entry -> line.sp().astring(entry));
        return line.crlf().toBytes();
    }
}
