package org.imapnotify.notify;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.imapnotify.wire.ImapReader;

/** Reads the items of a STATUS response: any of them, in any order, unknown ones passed over. */
public final class StatusItems {
    private StatusItems() {}

    /** @param reader in front of the list of items */
    public static MailboxStatus read(ImapReader reader) {
        Map<String, Long> items = new HashMap<>();
        reader.list(() -> {
            String item = reader.atom().toUpperCase(Locale.ROOT);
            reader.space();
            if (reader.peek() >= '0' && reader.peek() <= '9') {
                items.put(item, reader.number());
            } else {
                reader.skipValue();
            }
        });
        return new MailboxStatus(
                items.getOrDefault("MESSAGES", -1L),
                items.getOrDefault("UIDNEXT", -1L),
                items.getOrDefault("UIDVALIDITY", -1L),
                items.getOrDefault("UNSEEN", -1L),
                items.getOrDefault("HIGHESTMODSEQ", -1L));
    }
}
