package org.imapnotify.netty;

import java.time.Duration;
import org.imapnotify.watch.TokenBucket;
import org.imapnotify.watch.UpstreamShare;

/** What all watchers of one upstream may cost it together: thread-safe. */
final class UpstreamLimits implements UpstreamShare {
    private TokenBucket commands;

    UpstreamLimits(BudgetOptions options) {
        this.commands = commands(options);
    }

    /** From now on; what was promised is kept. */
    synchronized void configure(BudgetOptions fresh) {
        commands = commands(fresh);
    }

    private static TokenBucket commands(BudgetOptions options) {
        return new TokenBucket(options.upstreamCommands(), Duration.ofMinutes(1), options.upstreamCommands() / 60);
    }

    @Override
    public synchronized long commands(int count, long now) {
        return commands.take(count, now);
    }
}
