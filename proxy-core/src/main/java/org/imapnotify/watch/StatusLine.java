package org.imapnotify.watch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.imapnotify.notify.MailboxStatus;
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
        return new StatusLine(name, status(reader));
    }

    private static MailboxStatus status(ImapReader reader) {
        Map<String, Long> items = new HashMap<>();
        reader.list(() -> {
            String item = reader.atom().toUpperCase(Locale.ROOT);
            reader.space();
            if (isDigit(reader.peek())) {
                items.put(item, reader.number());
            } else {
                reader.skipValue();
            }
        });
        if (!items.containsKey("MESSAGES")) {
            throw new ProtocolException("STATUS without MESSAGES");
        }
        return new MailboxStatus(
                items.get("MESSAGES"),
                items.getOrDefault("UIDNEXT", -1L),
                items.getOrDefault("UIDVALIDITY", -1L),
                items.getOrDefault("UNSEEN", -1L),
                items.getOrDefault("HIGHESTMODSEQ", -1L));
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }
}
