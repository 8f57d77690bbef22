package org.imapnotify.watch;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What looks of one kind cost. One that cannot be paid yet has its place in the budgets and is made when its time has come. */
final class Purse {
    private final Pacing pacing;
    private final LongSupplier nanoTime;
    private @Nullable Long from;
    private int paid;

    Purse(Pacing pacing, LongSupplier nanoTime) {
        this.pacing = pacing;
        this.nanoTime = nanoTime;
    }

    /** Pays for the next look, which will take so many commands; false while it has to wait. */
    boolean pay(int commands) {
        long now = nanoTime.getAsLong();
        if (from == null) {
            if (pacing.refuses(now)) {
                return false;
            }
            paid = commands;
            from = pacing.reserve(commands, now);
        }
        boolean due = now - from >= 0 && now - pacing.restsUntil(now) >= 0;
        if (due) {
            from = null;
        }
        return due;
    }

    /** So many commands are sent; more than were paid for are owed. */
    void spend(int commands) {
        paid -= commands;
        if (paid < 0) {
            pacing.reserve(-paid, nanoTime.getAsLong());
            paid = 0;
        }
    }

    /** A look waits to be paid. */
    boolean isWaiting() {
        return from != null;
    }

    /** When the look that waits may be made. */
    long dueAt() {
        return from == null ? Long.MAX_VALUE : Math.max(from, pacing.restsUntil(nanoTime.getAsLong()));
    }

    /** The look that waits will not be made. */
    void forget() {
        from = null;
        paid = 0;
    }
}
