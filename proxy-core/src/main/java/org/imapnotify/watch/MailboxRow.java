package org.imapnotify.watch;

import java.util.Set;
import org.imapnotify.notify.MailboxFacts;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;

/**
 * One mailbox as the watcher knows it; immutable and shared by all sessions of the account.
 *
 * @param delimiter 0 for NIL
 * @param attributes of LIST, as the upstream spells them and in its order, without \Subscribed; empty when it was never listed
 * @param status {@link MailboxTable#NO_STATUS} while it is not known: not selectable, refused, or not asked for yet
 */
public record MailboxRow(
        MailboxName name,
        char delimiter,
        Set<String> attributes,
        boolean subscribed,
        boolean personal,
        MailboxStatus status)
        implements MailboxFacts {

    @Override
    public boolean selectable() {
        return !has("\\Noselect") && !has("\\NonExistent");
    }

    /** STATUS has been answered. */
    public boolean hasStatus() {
        return status.messages() >= 0;
    }

    /** The mailbox has this attribute, in any case of letters. */
    public boolean has(String attribute) {
        return attributes.stream().anyMatch(attribute::equalsIgnoreCase);
    }

    /** The same under another name. */
    public MailboxRow named(MailboxName other) {
        return new MailboxRow(other, delimiter, attributes, subscribed, personal, status);
    }

    MailboxRow withStatus(MailboxStatus newer) {
        return new MailboxRow(name, delimiter, attributes, subscribed, personal, newer);
    }
}
