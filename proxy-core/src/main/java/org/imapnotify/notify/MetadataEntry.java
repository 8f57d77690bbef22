package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imapnotify.wire.ImapReader;

/**
 * One annotation of a mailbox or of the server (RFC 5464).
 *
 * @param name as it was written; case does not matter (section 3)
 */
public record MetadataEntry(String name, MetadataValue value) {
    /** What names are compared by. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@code entry-values = "(" entry SP value *(SP entry SP value) ")"}, of METADATA responses and SETMETADATA alike. */
    public static List<MetadataEntry> list(ImapReader reader) {
        List<MetadataEntry> entries = new ArrayList<>();
        reader.list(() -> {
            String name = reader.astring();
            reader.space();
            MetadataValue value = reader.nstring().map(MetadataValue::of).orElse(MetadataValue.NIL);
            entries.add(new MetadataEntry(name, value));
        });
        return entries;
    }
}
