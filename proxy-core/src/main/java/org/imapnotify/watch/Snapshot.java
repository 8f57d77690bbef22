package org.imapnotify.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/** What one LIST, and LSUB where that is needed, gave; grows until both are complete. */
final class Snapshot {
    private final long askedAt;
    private final boolean extended;
    private final boolean statusAsked;
    private final boolean subscriptionsKnown;
    private final Map<MailboxName, ListedMailbox> listed = new LinkedHashMap<>();
    private final Set<MailboxName> subscribed = new HashSet<>();
    private final Map<MailboxName, MailboxStatus> statuses = new HashMap<>();
    private Optional<Response> refusal = Optional.empty();

    /**
     * @param extended return options were asked for
     * @param statusAsked the status of each was, too
     */
    Snapshot(long askedAt, boolean extended, boolean statusAsked, boolean subscriptionsKnown) {
        this.askedAt = askedAt;
        this.extended = extended;
        this.statusAsked = statusAsked;
        this.subscriptionsKnown = subscriptionsKnown;
    }

    void onList(ListedMailbox mailbox) {
        if (mailbox.attributes().stream().noneMatch("\\NonExistent"::equalsIgnoreCase)) {
            listed.put(mailbox.name(), mailbox);
        }
        if (mailbox.subscribed()) {
            subscribed.add(mailbox.name());
        }
    }

    void onLsub(ListedMailbox mailbox) {
        subscribed.add(mailbox.name());
    }

    /** The status of a name that the table does not hold yet. */
    void onStatus(StatusLine line) {
        statuses.put(line.name(), line.status());
    }

    void onCompleted(Response tagged) {
        if (tagged.name() != ResponseName.OK) {
            refusal = Optional.of(tagged);
        }
    }

    long askedAt() {
        return askedAt;
    }

    boolean statusAsked() {
        return statusAsked;
    }

    /** There is a mailbox that has a status. */
    boolean anySelectable() {
        return listed.values().stream()
                .anyMatch(mailbox -> mailbox.attributes().stream().noneMatch("\\Noselect"::equalsIgnoreCase));
    }

    boolean extended() {
        return extended;
    }

    boolean subscriptionsKnown() {
        return subscriptionsKnown;
    }

    Optional<Response> refusal() {
        return refusal;
    }

    Map<MailboxName, ListedMailbox> listed() {
        return listed;
    }

    boolean subscribed(MailboxName name) {
        return subscribed.contains(name);
    }

    MailboxStatus status(MailboxName name) {
        return statuses.getOrDefault(name, MailboxStatus.UNKNOWN);
    }
}
