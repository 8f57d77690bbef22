package org.imapnotify.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.imapnotify.wire.MailboxName;

/** Looks at single mailboxes in which something has happened: at once and beside the rounds, as far as the budgets allow. */
final class HintedLooks {
    private final MailboxTable table;
    private final Poller.Owner owner;
    private final LongSupplier nanoTime;
    private final Hints hints = new Hints();
    private final Purse purse;

    HintedLooks(MailboxTable table, Pacing pacing, LongSupplier nanoTime, Poller.Owner owner) {
        this.table = table;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.purse = new Purse(pacing, nanoTime);
    }

    /** Something has happened in a mailbox. */
    void hint(MailboxName name, Questions ask) {
        hints.hinted(name, nanoTime.getAsLong());
        proceed(ask);
    }

    /** How long ago a session last did something there, as far as is remembered. */
    Optional<Long> hintedAgo(MailboxName name) {
        return hints.lastAt(name).map(at -> nanoTime.getAsLong() - at);
    }

    /** Asks for what can be asked for and paid now. */
    void proceed(Questions ask) {
        if (hints.waiting() == 0 || !purse.pay(hints.waiting())) {
            return;
        }
        List<MailboxName> names = hints.take();
        purse.spend(names.size());
        for (MailboxName name : names) {
            Optional<MailboxRow> before = table.row(name);
            ask.askStatus(name, again -> {
                hints.answered(name);
                if (again) {
                    hints.add(name);
                } else {
                    table.row(name)
                            .filter(row -> row.equals(before.orElse(null)))
                            .ifPresent(owner::onUnchanged);
                }
                proceed(ask);
                owner.onAnswered();
            });
        }
        if (!names.isEmpty()) {
            ask.flush();
        }
    }

    /** When {@link #proceed} has something to do that no response will call for. */
    long dueAt() {
        return purse.dueAt();
    }

    /** The connection is gone. */
    void forget() {
        hints.clear();
        purse.forget();
    }
}
