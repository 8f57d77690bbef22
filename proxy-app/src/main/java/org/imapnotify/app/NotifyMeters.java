package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What NOTIFY tells clients, and what watching for it costs the upstream. */
final class NotifyMeters {
    private static final Set<String> EVENTS =
            Set.of("status", "list", "exists", "expunge", "fetch", "flags", "metadata");
    private static final Set<String> KINDS = Set.of("poll", "idle", "notify");

    private final AtomicInteger sessions;
    private final ByLabel<Counter> events;
    private final Counter overflows;
    private final Timer latency;
    private final AtomicInteger watchers;
    private final ByLabel<AtomicInteger> connections;
    private final Timer rounds;
    private final Counter polledMailboxes;
    private final ByLabel<Counter> restarts;
    private final ByLabel<Counter> throttles;

    NotifyMeters(Meters meters) {
        sessions = meters.gauge("notify.sessions.active", "Sessions with a NOTIFY registration in force");
        events = ByLabel.all(
                EVENTS, event -> meters.counter("notify.events", "Responses sent because of NOTIFY", "event", event));
        overflows = meters.counter("notify.overflow", "Times NOTIFICATIONOVERFLOW was sent");
        latency = meters.timer("notify.latency", "From seeing the upstream's change to writing the client's line");
        watchers = meters.gauge("watchers.active", "Accounts being watched");
        connections = ByLabel.all(
                KINDS, kind -> meters.gauge("watch.connections.active", "Watch connections open", "kind", kind));
        rounds = meters.timer("watcher.poll.duration", "STATUS rounds, first command to last answer");
        polledMailboxes = meters.counter("watcher.polled.mailboxes", "Mailboxes asked about in STATUS rounds");
        restarts = ByLabel.all(
                KINDS, kind -> meters.counter("watcher.restarts", "Watch connections replaced", "kind", kind));
        throttles = ByLabel.all(
                KINDS, kind -> meters.counter("upstream.throttle", "Times the upstream asked for less", "kind", kind));
    }

    void session(boolean on) {
        sessions.addAndGet(on ? 1 : -1);
    }

    void event(String event) {
        events.of(event).increment();
    }

    void overflow() {
        overflows.increment();
    }

    void latency(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }

    void watchers(int delta) {
        watchers.addAndGet(delta);
    }

    void connections(String kind, int delta) {
        connections.of(kind).addAndGet(delta);
    }

    void round(long nanos, int mailboxes) {
        rounds.record(nanos, TimeUnit.NANOSECONDS);
        polledMailboxes.increment(mailboxes);
    }

    void restart(String kind) {
        restarts.of(kind).increment();
    }

    void throttle(String kind) {
        throttles.of(kind).increment();
    }
}
