package org.imapnotify.netty;

import java.time.Duration;
import org.imapnotify.watch.TokenBucket;
import org.imapnotify.watch.UpstreamShare;

/** What all watchers of one upstream may cost it together: thread-safe. */
final class UpstreamLimits implements UpstreamShare {
    private TokenBucket commands;
    private TokenBucket connects;

    UpstreamLimits(BudgetOptions options) {
        this.commands = commands(options);
        this.connects = connects(options);
    }

    /** From now on; what was promised is kept. */
    synchronized void configure(BudgetOptions fresh) {
        commands = commands(fresh);
        connects = connects(fresh);
    }

    private static TokenBucket commands(BudgetOptions options) {
        return new TokenBucket(options.upstreamCommands(), Duration.ofMinutes(1), options.upstreamCommands() / 60);
    }

    /** A tenth of a second's worth at once: a burst of logins is what a server that has just started can least do with. */
    private static TokenBucket connects(BudgetOptions options) {
        return new TokenBucket(options.connects(), Duration.ofSeconds(1), Math.max(1, options.connects() / 10));
    }

    @Override
    public synchronized long connect(long now) {
        return connects.take(1, now);
    }

    /** A client's connection is opened, which waits for nobody. */
    synchronized void clientConnects(long now) {
        connects.drain(1, now);
    }

    @Override
    public synchronized long commands(int count, long now) {
        return commands.take(count, now);
    }
}
