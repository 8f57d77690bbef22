package org.imapnotify.netty;

import java.time.Duration;
import java.util.Locale;
import org.imapnotify.watch.Place;
import org.imapnotify.watch.Shedding;
import org.imapnotify.watch.TokenBucket;
import org.imapnotify.watch.UpstreamShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What all watchers of one upstream may cost it together: thread-safe. */
final class UpstreamLimits implements UpstreamShare {
    private static final Logger LOGGER = LoggerFactory.getLogger(UpstreamLimits.class);

    private final String upstream;
    private final Telemetry telemetry;
    private final WatchPlaces allPlaces;
    private final WatchPlaces.Upstream places;
    private final Shedding shedding = new Shedding();
    private TokenBucket commands;
    private TokenBucket connects;

    /** @param upstream for the log */
    UpstreamLimits(BudgetOptions options, WatchPlaces places, String upstream, Telemetry telemetry) {
        this.allPlaces = places;
        this.places = places.upstream(options);
        this.upstream = upstream;
        this.telemetry = telemetry;
        this.commands = commands(options);
        this.connects = connects(options);
    }

    /** From now on; what was promised is kept. */
    synchronized void configure(BudgetOptions fresh) {
        commands = commands(fresh);
        connects = connects(fresh);
        allPlaces.configure(places, fresh);
    }

    /** As one account sees it, which is woken when something changes about a place. */
    UpstreamShare forAccount(Runnable wake) {
        return new UpstreamShare() {
            @Override
            public Place place(boolean first) {
                return places.ask(first, wake);
            }

            @Override
            public long connect(long now) {
                return UpstreamLimits.this.connect(now);
            }

            @Override
            public long listen(long now) {
                return UpstreamLimits.this.listen(now);
            }

            @Override
            public long commands(int count, long now) {
                return UpstreamLimits.this.commands(count, now);
            }

            @Override
            public long backlog(long now) {
                return UpstreamLimits.this.backlog(now);
            }

            @Override
            public boolean allowsListeners() {
                return UpstreamLimits.this.allowsListeners();
            }
        };
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

    @Override
    public synchronized long listen(long now) {
        long backlog = connects.backlog(now);
        return backlog > 0 ? now + backlog : connects.take(1, now);
    }

    /** A client's connection is opened, which waits for nobody. */
    synchronized void clientConnects(long now) {
        connects.drain(1, now);
    }

    @Override
    public synchronized long commands(int count, long now) {
        long from = commands.take(count, now);
        shed(commands.backlog(now));
        return from;
    }

    @Override
    public synchronized long backlog(long now) {
        long backlog = commands.backlog(now);
        shed(backlog);
        return backlog;
    }

    @Override
    public synchronized boolean allowsListeners() {
        return shedding.step().compareTo(Shedding.Step.SLOTS) < 0;
    }

    private void shed(long backlog) {
        telemetry.watchStretch(this, Shedding.stretch(backlog));
        Shedding.Step before = shedding.step();
        if (shedding.onBacklog(backlog)) {
            telemetry.upstreamShedding(word(before), -1);
            telemetry.upstreamShedding(word(shedding.step()), 1);
            boolean worse = shedding.step().compareTo(before) > 0;
            LOGGER.atLevel(worse ? Level.WARN : Level.INFO)
                    .addKeyValue("upstream", upstream)
                    .addKeyValue("sheds", word(shedding.step()))
                    .addKeyValue("before", word(before))
                    .addKeyValue("wait", Duration.ofNanos(backlog).toMillis() + "ms")
                    .log(
                            worse
                                    ? "watching exceeds the upstream's budget"
                                    : "watching exceeds the budget less or no more");
        }
    }

    private static String word(Shedding.Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}
