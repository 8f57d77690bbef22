package org.imapnotify.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;

/**
 * What the client itself has put into mailboxes that it has not selected, as long as the table does not show it. A difference
 * that this explains to the message is no news to the client (RFC 5465 section 5); one that it does not explain is told whole,
 * so that nothing of others is ever lost in it.
 */
final class OwnAdditions {
    /** So many at once, unseen by the watcher: then it is not worth telling apart what was whose. */
    private static final int MAX = 256;

    /**
     * What some commands added.
     *
     * @param messages so many messages
     * @param uidNext what UIDNEXT is with them, -1 when the upstream did not say (no UIDPLUS)
     * @param unseen so many of them without \Seen, -1 when that is not known
     * @param commands by so many commands
     */
    record Addition(long messages, long uidNext, long unseen, int commands) {
        private static final Addition NONE = new Addition(0, -1, 0, 0);

        private Addition and(Addition later) {
            long together = unseen < 0 || later.unseen < 0 ? -1 : unseen + later.unseen;
            return new Addition(messages + later.messages, later.uidNext, together, commands + later.commands);
        }

        private boolean explains(MailboxStatus told, MailboxStatus now) {
            return told.messages() >= 0
                    && told.uidValidity() == now.uidValidity()
                    && now.messages() == told.messages() + messages
                    && now.uidNext() == told.uidNext() + messages
                    && (uidNext < 0 || uidNext == now.uidNext());
        }

        /** Each change raises the mod-sequence (RFC 7162 section 3.1.1): a rise of one for each command leaves no room for others. */
        private MailboxStatus after(MailboxStatus told, MailboxStatus now) {
            boolean modSeqExplained = now.highestModSeq() == told.highestModSeq() + commands;
            return new MailboxStatus(
                    now.messages(),
                    now.uidNext(),
                    told.uidValidity(),
                    unseen < 0 || told.unseen() < 0 ? told.unseen() : told.unseen() + unseen,
                    modSeqExplained ? now.highestModSeq() : told.highestModSeq());
        }

        /** The table has it already, or it cannot be told whether it has. */
        private boolean isIn(MailboxStatus status) {
            return uidNext < 0 || uidNext <= status.uidNext();
        }
    }

    private final Map<MailboxName, List<Addition>> pending = new HashMap<>();

    void add(MailboxName name, Addition addition) {
        List<Addition> all = pending.computeIfAbsent(name, any -> new ArrayList<>());
        all.add(addition);
        if (all.size() > MAX) {
            pending.remove(name);
        }
    }

    /** The client knows this of the mailbox from elsewhere: what is in it explains nothing any more. */
    void settled(MailboxName name, MailboxStatus status) {
        pending.computeIfPresent(name, (any, all) -> {
            all.removeIf(addition -> addition.isIn(status));
            return all.isEmpty() ? null : all;
        });
    }

    void forget(MailboxName name) {
        pending.remove(name);
    }

    void clear() {
        pending.clear();
    }

    /** What the client knows of the mailbox, given that it was told so much and it is so now. */
    MailboxStatus explain(MailboxName name, MailboxStatus told, MailboxStatus now) {
        List<Addition> own = pending.get(name);
        if (own == null) {
            return told;
        }
        MailboxStatus explained = told;
        Addition sum = Addition.NONE;
        for (Addition addition : own) {
            sum = sum.and(addition);
            if (sum.explains(told, now)) {
                explained = sum.after(told, now);
            }
        }
        settled(name, now);
        return explained;
    }
}
