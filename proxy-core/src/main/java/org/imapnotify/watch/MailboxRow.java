package org.imapnotify.watch;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.imapnotify.notify.MailboxFacts;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;

/**
 * One mailbox as the watcher knows it; immutable and shared by all sessions of the account.
 *
 * @param delimiter 0 for NIL
 * @param attributes of LIST, as the upstream spells them and in its order, without \Subscribed, and {@link #NO_ACCESS} when its
 *     STATUS is refused; empty when it was never listed
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

    /** RFC 5465 section 5.9. */
    static final String NO_ACCESS = "\\NoAccess";

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

    /** STATUS is refused, though it is listed as something that can be selected. */
    public boolean isWithoutAccess() {
        return has(NO_ACCESS);
    }

    /** As an answered STATUS makes it. */
    MailboxRow withStatus(MailboxStatus newer) {
        Set<String> listed = attributes;
        if (isWithoutAccess()) {
            listed = new LinkedHashSet<>(attributes);
            listed.remove(NO_ACCESS);
        }
        return new MailboxRow(name, delimiter, listed, subscribed, personal, newer);
    }

    MailboxRow withoutStatus() {
        return withStatus(MailboxStatus.UNKNOWN);
    }

    /** As a refused STATUS makes it. */
    MailboxRow withoutAccess() {
        Set<String> more = new LinkedHashSet<>(attributes);
        more.add(NO_ACCESS);
        return new MailboxRow(name, delimiter, more, subscribed, personal, MailboxStatus.UNKNOWN);
    }

    /** The attributes that LIST gives, without those that change with every message: RFC 3501 section 7.2.2. */
    Set<String> lasting() {
        Set<String> lasting = new LinkedHashSet<>(attributes);
        lasting.removeIf(MailboxRow::passes);
        return lasting;
    }

    private static boolean passes(String attribute) {
        return Stream.of("\\Marked", "\\Unmarked", NO_ACCESS).anyMatch(attribute::equalsIgnoreCase);
    }
}
