package org.imapnotify.watch;

import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/** Mailbox names as servers really send them: imap4d quotes none, whatever is in them, and GreenMail escapes nothing in quotes. */
final class LooseName {
    private LooseName() {}

    /**
     * Reads a name after which the line ends or a list follows.
     *
     * @param line what the reader reads, from its first octet
     * @param end where the name ends when it is not written by the grammar
     */
    static MailboxName read(ImapReader reader, String line, int end) {
        int from = reader.position();
        try {
            MailboxName name = reader.mailbox();
            if (reader.atEnd() || line.startsWith(" (", reader.position())) {
                return name;
            }
        } catch (ProtocolException e) {
            if (end <= from) {
                throw e;
            }
        }
        return MailboxName.of(unquoted(line.substring(from, Math.max(from, end)).strip()));
    }

    private static String unquoted(String raw) {
        boolean quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
        return quoted ? raw.substring(1, raw.length() - 1) : raw;
    }
}
