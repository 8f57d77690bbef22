package org.imapnotify.netty;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** What all sessions of a proxy share. */
final class ProxyContext {
    private static final char[] LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".toCharArray();

    private final Telemetry telemetry;
    private final Map<UpstreamOptions, UpstreamService> services;
    private final ConnectionLimits limits = new ConnectionLimits();
    private final LoginPenalties penalties = new LoginPenalties(Ticker.systemTicker());
    private final TurnedAway turnedAway;
    private final Traces traces = new Traces();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closed;
    private final Set<SessionLink> sessions = ConcurrentHashMap.newKeySet();

    ProxyContext(Telemetry telemetry, Map<UpstreamOptions, UpstreamService> services) {
        this.telemetry = telemetry;
        this.turnedAway = new TurnedAway(telemetry);
        this.services = Map.copyOf(services);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** The upstream of these options, which do not change while the proxy runs. */
    UpstreamService service(UpstreamOptions upstream) {
        UpstreamService service = services.get(upstream);
        if (service == null) {
            throw new IllegalStateException("an upstream that the proxy was not started with: " + upstream);
        }
        return service;
    }

    /** All upstreams. */
    Collection<UpstreamService> services() {
        return services.values();
    }

    ConnectionLimits limits() {
        return limits;
    }

    LoginPenalties penalties() {
        return penalties;
    }

    TurnedAway turnedAway() {
        return turnedAway;
    }

    Traces traces() {
        return traces;
    }

    /** The sessions that have not ended. */
    Set<SessionLink> sessions() {
        return sessions;
    }

    /** The client's channel is closed. */
    void left(SessionLink link) {
        sessions.remove(link);
        if (closed && sessions.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Takes no more sessions; completes when there are none. */
    CompletableFuture<Void> close() {
        closed = true;
        if (sessions.isEmpty()) {
            empty.complete(null);
        }
        return empty;
    }

    boolean isClosed() {
        return closed;
    }

    /** A name for log lines; unique enough to find one session's lines. */
    String newSessionId() {
        return letters(8);
    }

    /** The beginning of a session's own tags; random, so that no client has a tag like it by chance. */
    String newTagPrefix() {
        return "N" + letters(8) + "-";
    }

    private static String letters(int count) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }
}
