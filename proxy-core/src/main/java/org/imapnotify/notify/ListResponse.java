package org.imapnotify.notify;

import java.util.Collection;
import org.imapnotify.wire.ImapWriter;
import org.imapnotify.wire.MailboxName;

/** Writes the LIST responses that tell of created, deleted, renamed and subscribed names (RFC 5465, 5.4 and 5.5). */
public final class ListResponse {
    private final Collection<String> attributes;
    private final char delimiter;
    private final boolean utf8;

    /**
     * @param attributes each with its backslash
     * @param delimiter 0 in a flat name space
     * @param utf8 the client's names are UTF-8 (RFC 6855), not modified UTF-7
     */
    public ListResponse(Collection<String> attributes, char delimiter, boolean utf8) {
        this.attributes = attributes;
        this.delimiter = delimiter;
        this.utf8 = utf8;
    }

    public byte[] of(MailboxName mailbox) {
        return line(mailbox).crlf().toBytes();
    }

    /** With the name it had: {@code oldname-extended-item = "OLDNAME" SP "(" mailbox ")"}. */
    public byte[] renamed(MailboxName mailbox, MailboxName oldName) {
        return line(mailbox)
                .raw(" (\"OLDNAME\" (")
                .mailbox(oldName, utf8)
                .raw("))")
                .crlf()
                .toBytes();
    }

    private ImapWriter line(MailboxName mailbox) {
        return new ImapWriter()
                .raw("* LIST (" + String.join(" ", attributes) + ") " + quotedDelimiter() + " ")
                .mailbox(mailbox, utf8);
    }

    private String quotedDelimiter() {
        return switch (delimiter) {
            case 0 -> "NIL";
            case '"', '\\' -> "\"\\" + delimiter + '"';
            default -> "\"" + delimiter + '"';
        };
    }
}
