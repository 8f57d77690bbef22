package org.imapnotify.notify;

import java.util.List;

/** A NOTIFY command that is well formed, supported and permitted. */
public sealed interface NotifyCommand {

    /** No event of any kind from now on. */
    record None() implements NotifyCommand {}

    /** Replaces the registration; with {@code status} every watched mailbox's STATUS comes first. */
    record Set(boolean status, List<EventGroup> groups) implements NotifyCommand {
        public Set {
            groups = List.copyOf(groups);
        }
    }
}
