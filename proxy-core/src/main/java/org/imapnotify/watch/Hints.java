package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.wire.MailboxName;

/** Mailboxes to look at now. While one is being asked for, any number of hints makes one more question. */
final class Hints {
    private static final int MOST_REMEMBERED = 1000;

    private final Set<MailboxName> dirty = new LinkedHashSet<>();
    private final Set<MailboxName> asking = new HashSet<>();
    private final Map<MailboxName, Long> latest = new LinkedHashMap<>();

    void add(MailboxName name) {
        dirty.add(name);
    }

    /** A session has done something there. */
    void hinted(MailboxName name, long now) {
        latest.remove(name);
        latest.put(name, now);
        if (latest.size() > MOST_REMEMBERED) {
            latest.remove(latest.keySet().iterator().next());
        }
        add(name);
    }

    /** When that was last; for who looks on. */
    Optional<Long> lastAt(MailboxName name) {
        return Optional.ofNullable(latest.get(name));
    }

    /** Those to ask for now, which count as being asked from now on. */
    List<MailboxName> take() {
        List<MailboxName> names = new ArrayList<>(dirty);
        names.removeAll(asking);
        dirty.removeAll(names);
        asking.addAll(names);
        return names;
    }

    /** So many could be asked for now. */
    int waiting() {
        return (int) dirty.stream().filter(name -> !asking.contains(name)).count();
    }

    void answered(MailboxName name) {
        asking.remove(name);
    }

    void clear() {
        dirty.clear();
        asking.clear();
    }
}
