package org.imapnotify.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.MetadataResponse;
import org.imapnotify.notify.MetadataValue;
import org.imapnotify.notify.Registration;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.wire.MailboxName;

/**
 * What is still to be told of annotations (RFC 5465, sections 5.6 and 5.7): names of entries, each once however often it changed.
 * A value that the client has set itself is no news to it (section 5); any other is, even in the same entry.
 */
final class MetadataNews {
    /** More than this at once, unread or set by the client, is not kept: then what is kept is told, or told back. */
    private static final int MAX = 1000;

    /** In one response: a line of a few KiB. */
    private static final int PER_LINE = 50;

    private record Key(MailboxName mailbox, String entry) {}

    private final Map<MailboxName, Map<String, String>> pending = new LinkedHashMap<>();
    private final Map<Key, MetadataValue> own = new HashMap<>();
    private int size;

    void clear() {
        pending.clear();
        own.clear();
        size = 0;
    }

    boolean isPending() {
        return !pending.isEmpty();
    }

    /** The client has set these entries, or removed them. */
    void setByClient(MailboxName mailbox, List<MetadataEntry> entries) {
        for (MetadataEntry entry : entries) {
            if (own.size() < MAX) {
                own.put(new Key(mailbox, entry.key()), entry.value());
            }
        }
    }

    /** The watcher has found entries changed; false when more has changed than can be kept. */
    boolean changed(MetadataChange change) {
        for (MetadataEntry entry : change.entries()) {
            boolean isOwn = entry.value().equals(own.remove(new Key(change.mailbox(), entry.key())));
            if (!isOwn) {
                Map<String, String> names = pending.computeIfAbsent(change.mailbox(), any -> new LinkedHashMap<>());
                size += names.put(entry.key(), entry.name()) == null ? 1 : 0;
            }
        }
        return size <= MAX;
    }

    void deleted(MailboxName mailbox) {
        size -= Optional.ofNullable(pending.remove(mailbox)).map(Map::size).orElse(0);
        own.keySet().removeIf(key -> key.mailbox().equals(mailbox));
    }

    void renamed(MailboxName from, MailboxName to) {
        Map<String, String> names = pending.remove(from);
        if (names != null) {
            pending.put(to, names);
        }
        Map<Key, MetadataValue> moved = new HashMap<>();
        own.forEach((key, value) -> moved.put(key.mailbox().equals(from) ? new Key(to, key.entry()) : key, value));
        own.clear();
        own.putAll(moved);
    }

    /**
     * The next response to give, if any.
     *
     * @param row of a mailbox, where the registration covers it
     */
    Optional<byte[]> next(Registration registration, Function<MailboxName, Optional<MailboxRow>> row, boolean utf8) {
        Iterator<Map.Entry<MailboxName, Map<String, String>>> mailboxes =
                pending.entrySet().iterator();
        while (mailboxes.hasNext()) {
            Map.Entry<MailboxName, Map<String, String>> next = mailboxes.next();
            MailboxName mailbox = next.getKey();
            if (isWanted(registration, mailbox, row)) {
                return Optional.of(MetadataResponse.of(mailbox, take(mailbox), utf8));
            }
            size -= next.getValue().size();
            mailboxes.remove();
        }
        return Optional.empty();
    }

    private static boolean isWanted(
            Registration registration, MailboxName mailbox, Function<MailboxName, Optional<MailboxRow>> row) {
        if (mailbox.equals(MetadataResponse.SERVER)) {
            return registration.wants(Event.SERVER_METADATA_CHANGE);
        }
        return row.apply(mailbox)
                .filter(covered -> registration.eventsFor(covered).contains(Event.MAILBOX_METADATA_CHANGE))
                .isPresent();
    }

    private List<String> take(MailboxName mailbox) {
        Map<String, String> names = pending.getOrDefault(mailbox, Map.of());
        List<String> taken = new ArrayList<>();
        Iterator<String> name = names.values().iterator();
        while (name.hasNext() && taken.size() < PER_LINE) {
            taken.add(name.next());
            name.remove();
        }
        size -= taken.size();
        if (names.isEmpty()) {
            pending.remove(mailbox);
        }
        return taken;
    }
}
