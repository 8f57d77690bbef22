package org.imapnotify.watch;

import java.time.Duration;

/** How fast one account's upstream may be asked: by the account's budget, the upstream's, and the upstream's own word. */
final class Pacing {
    private static final int MOST_STRETCH = 16;

    private final TokenBucket commands;
    private final UpstreamShare share;
    private final Throttling throttling;
    private final WatchEvents events;
    private boolean refused;

    /** @param commandsPerMinute of the account; 0 for no limit */
    Pacing(int commandsPerMinute, UpstreamShare share, WatchEvents events) {
        this.commands = new TokenBucket(commandsPerMinute, Duration.ofMinutes(1), commandsPerMinute);
        this.share = share;
        this.throttling = new Throttling(events);
        this.events = events;
    }

    /** From when on so many commands may be sent; they are taken from the budgets now. */
    long reserve(int count, long now) {
        long from = Math.max(commands.take(count, now), share.commands(count, now));
        if (from - now > 0) {
            events.lookPostponed();
        }
        return from;
    }

    /** A look now would come too late to be worth it, so much is asked of the upstream already. */
    boolean refuses(long now) {
        boolean tooLate = Shedding.isTooLate(share.backlog(now));
        refused |= tooLate;
        return tooLate;
    }

    /** True once after a look was refused. */
    boolean takeRefused() {
        boolean was = refused;
        refused = false;
        return was;
    }

    boolean allowsListeners() {
        return share.allowsListeners();
    }

    /** The upstream wants less. */
    void slowDown(Duration rest, long now) {
        throttling.slowDown(rest, now);
    }

    /** Nothing may be asked before. */
    long restsUntil(long now) {
        return throttling.restsUntil(now);
    }

    /** This much later than configured. */
    long stretch(long interval, long now) {
        return interval * Math.min(MOST_STRETCH, throttling.stretch(now) * Shedding.stretch(share.backlog(now)));
    }

    /** The watcher is dead. */
    void end() {
        throttling.end();
    }
}
