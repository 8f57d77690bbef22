package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.MetadataValue;
import org.imapnotify.wire.MailboxName;

/** The annotations of mailboxes and of the server as the upstream last showed them, of those that somebody wants to know of. */
final class MetadataTable {
    private final Map<MailboxName, Map<String, MetadataEntry>> known = new HashMap<>();
    private final Set<MailboxName> fresh = new HashSet<>();

    /** The upstream has been asked. */
    boolean has(MailboxName name) {
        return known.containsKey(name);
    }

    void clear() {
        known.clear();
        fresh.clear();
    }

    /** Forgets what nobody wants to know of any more: it would be old when somebody asks again. */
    void retain(Predicate<MailboxName> wanted) {
        known.keySet().removeIf(wanted.negate());
        fresh.removeIf(wanted.negate());
    }

    /** The answer of the upstream: all that is set. Gives what differs; a first answer is no change. */
    Optional<MetadataChange> answered(MailboxName name, Collection<MetadataEntry> entries) {
        Map<String, MetadataEntry> now = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> !entry.value().isNil() && !ComputedEntries.has(entry.key()))
                .forEach(entry -> now.put(entry.key(), entry));
        Map<String, MetadataEntry> before = known.put(name, now);
        List<MetadataEntry> changed = new ArrayList<>();
        if (before != null) {
            now.forEach((key, entry) -> {
                MetadataEntry old = before.get(key);
                if (old == null || !old.value().equals(entry.value())) {
                    changed.add(entry);
                }
            });
            before.keySet().removeAll(now.keySet());
            before.values().forEach(gone -> changed.add(new MetadataEntry(gone.name(), MetadataValue.NIL)));
        } else if (fresh.remove(name)) {
            now.values().stream()
                    .filter(entry -> !ComputedEntries.isPreset(entry.key()))
                    .forEach(changed::add);
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(new MetadataChange(name, changed));
    }

    /** The upstream does not say: what is known stays, and what comes later is news. */
    void refused(MailboxName name) {
        known.putIfAbsent(name, new LinkedHashMap<>());
        fresh.remove(name);
    }

    /** A mailbox has just been created: whatever it has was set since, and those who watch it have not seen it. */
    void created(MailboxName name) {
        known.remove(name);
        fresh.add(name);
    }

    void deleted(MailboxName name) {
        known.remove(name);
        fresh.remove(name);
    }

    /** Annotations go with their mailbox (RFC 5464 says nothing else). */
    void renamed(MailboxName from, MailboxName to) {
        Map<String, MetadataEntry> entries = known.remove(from);
        if (entries != null) {
            known.put(to, entries);
        }
    }
}
