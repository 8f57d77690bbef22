package org.imapnotify.watch;

import java.util.Deque;
import org.imapnotify.wire.MailboxName;

/**
 * Where a round stands: [{@link Listing} -> [{@link Listing} again, to confirm]] -> {@link Asking}, window by window ->
 * {@link Finished}. Each state is a set of commands sent in one write; it ends when all of them are answered.
 */
sealed interface RoundState {
    /** All commands have been answered. */
    RoundState onAnswered(Round round);

    /** LIST, and LSUB where that is needed. */
    record Listing(Snapshot snapshot, boolean confirming) implements RoundState {
        @Override
        public RoundState onAnswered(Round round) {
            if (snapshot.refusal().isPresent()) {
                return round.listAnew(snapshot, snapshot.refusal().get());
            }
            if (!confirming && round.isImplausible(snapshot)) {
                return round.list(true);
            }
            return round.settle(snapshot);
        }
    }

    /** A window of STATUS commands; those of {@code rest} follow. */
    record Asking(Deque<MailboxName> rest) implements RoundState {
        @Override
        public RoundState onAnswered(Round round) {
            return round.ask(rest);
        }
    }

    /** Nothing is in flight any more. */
    record Finished() implements RoundState {
        @Override
        public RoundState onAnswered(Round round) {
            throw new IllegalStateException("an answer after the round");
        }
    }
}
