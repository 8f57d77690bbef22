package org.imapnotify.wire;

import java.util.Optional;

/**
 * Mailbox names in responses, also from servers that do not quote them as RFC 3501 wants: imap4d sends {@code * STATUS a "q"
 * (MESSAGES 0)}, GreenMail {@code * LIST () "." "a "q""}. The rule is tried first; where it leaves a rest that cannot stand there,
 * the name is everything up to what must follow it.
 */
final class LooseMailbox {
    /** How many places in one line are tried for the end of a name, so that a hostile line costs no quadratic time. */
    private static final int TRIES = 16;

    private LooseMailbox() {}

    static MailboxName thenList(ImapReader reader) {
        int from = reader.position();
        return strictly(reader, false).orElseGet(() -> upToList(reader, from));
    }

    static MailboxName thenEnd(ImapReader reader) {
        int from = reader.position();
        return strictly(reader, true).orElseGet(() -> {
            reader.position(from);
            return name(reader, reader.rest().stripTrailing());
        });
    }

    private static Optional<MailboxName> strictly(ImapReader reader, boolean mayEnd) {
        try {
            MailboxName name = reader.mailbox();
            ImapReader ahead = reader.ahead(reader.position());
            ahead.spaces();
            boolean fits = (mayEnd && ahead.atEnd()) || listEndsLine(ahead);
            return fits ? Optional.of(name) : Optional.empty();
        } catch (ProtocolException notQuotedAsItShould) {
            return Optional.empty();
        }
    }

    private static MailboxName upToList(ImapReader reader, int from) {
        reader.position(from);
        String line = reader.rest();
        int cut = line.indexOf(" (");
        for (int i = 0; i < TRIES && cut >= 0; i++) {
            if (listEndsLine(reader.ahead(from + cut + 1))) {
                reader.position(from + cut);
                return name(reader, line.substring(0, cut));
            }
            cut = line.indexOf(" (", cut + 1);
        }
        reader.position(from);
        throw reader.expected("mailbox and list");
    }

    private static boolean listEndsLine(ImapReader reader) {
        try {
            reader.list(reader::skipValue);
            reader.spaces();
            return reader.atEnd();
        } catch (ProtocolException notAList) {
            return false;
        }
    }

    private static MailboxName name(ImapReader reader, String raw) {
        boolean quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
        if (raw.isEmpty() || raw.indexOf('\r') >= 0 || raw.indexOf('\n') >= 0) {
            throw reader.expected("mailbox");
        }
        return reader.name(quoted ? raw.substring(1, raw.length() - 1) : raw);
    }
}
