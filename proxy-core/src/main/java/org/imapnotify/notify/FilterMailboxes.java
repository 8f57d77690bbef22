package org.imapnotify.notify;

import java.util.List;
import org.imapnotify.wire.MailboxName;

/** Which mailboxes an event group is about (RFC 5465, section 6). */
public sealed interface FilterMailboxes {

    /** Whatever mailbox is selected when the event happens. */
    record Selected() implements FilterMailboxes {}

    /** The same; expunges wait for a command that permits them. */
    record SelectedDelayed() implements FilterMailboxes {}

    /** Where mail may be delivered. Not computable from outside, so the same as {@link Personal} (section 6.3). */
    record Inboxes() implements FilterMailboxes {}

    /** Every mailbox of the user's personal namespaces. */
    record Personal() implements FilterMailboxes {}

    /** Every mailbox that is subscribed to when the event happens. */
    record Subscribed() implements FilterMailboxes {}

    /** The named mailboxes and all below them. */
    record Subtree(List<MailboxName> roots) implements FilterMailboxes {
        public Subtree {
            roots = List.copyOf(roots);
        }
    }

    /** The named mailboxes, to the letter: no wildcards. */
    record Mailboxes(List<MailboxName> names) implements FilterMailboxes {
        public Mailboxes {
            names = List.copyOf(names);
        }
    }

    default boolean isSelected() {
        return this instanceof Selected || this instanceof SelectedDelayed;
    }

    /** Whether the mailbox belongs here as far as its name and standing go; see {@link Registration#eventsFor}. */
    default boolean covers(MailboxFacts mailbox) {
        if (this instanceof Inboxes || this instanceof Personal) {
            return mailbox.personal();
        }
        if (this instanceof Subscribed) {
            return mailbox.subscribed();
        }
        if (this instanceof Subtree subtree) {
            return subtree.roots().stream().anyMatch(root -> isWithin(root, mailbox));
        }
        return this instanceof Mailboxes mailboxes && mailboxes.names().contains(mailbox.name());
    }

    private static boolean isWithin(MailboxName root, MailboxFacts mailbox) {
        return mailbox.name().equals(root) || mailbox.name().isBelow(root, mailbox.delimiter());
    }
}
