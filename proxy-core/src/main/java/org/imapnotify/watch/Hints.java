package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.imapnotify.wire.MailboxName;

/** Mailboxes to look at now. While one is being asked for, any number of hints makes one more question. */
final class Hints {
    private final Set<MailboxName> dirty = new LinkedHashSet<>();
    private final Set<MailboxName> asking = new HashSet<>();

    void add(MailboxName name) {
        dirty.add(name);
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
