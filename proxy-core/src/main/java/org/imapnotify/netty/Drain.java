package org.imapnotify.netty;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Sends clients away, not all at once. */
final class Drain {
    /** A few clients need not wait for the whole spread: more than 100 in a second is what has to be spread. */
    private static final Duration EACH = Duration.ofMillis(10);

    private Drain() {}

    /** Every session says BYE at some time of its own within the spread; completes when all have left or the grace is over. */
    static CompletableFuture<Void> run(
            ProxyContext context, EventLoopGroup loops, DrainOptions options, Duration grace) {
        CompletableFuture<Void> empty = context.close();
        Set<SessionLink> sessions = context.sessions();
        Duration needed = EACH.multipliedBy(sessions.size());
        long spread = (needed.compareTo(options.spread()) < 0 ? needed : options.spread()).toMillis();
        for (SessionLink session : sessions) {
            long at = ThreadLocalRandom.current().nextLong(spread + 1);
            loops.schedule(session::shutdown, at, TimeUnit.MILLISECONDS);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        empty.thenRun(() -> done.complete(null));
        loops.schedule(() -> done.complete(null), spread + grace.toMillis(), TimeUnit.MILLISECONDS);
        return done;
    }
}
