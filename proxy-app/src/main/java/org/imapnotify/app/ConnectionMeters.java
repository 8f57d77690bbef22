package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.imapnotify.session.CloseCause;

/** Connections on both sides: how many, since when refused, why closed, what they carried. */
final class ConnectionMeters {
    private static final Set<String> LISTENERS = Set.of("imap", "imaps");
    private static final Set<String> ROLES = Set.of("session", "watch");
    private static final Set<String> REJECTIONS =
            Set.of("draining", "limit-address", "limit-connections", "proxy-header");
    static final Set<String> SIDES = Set.of("client", "upstream");
    private static final Set<String> COMPRESSING = Set.of("client", "upstream", "watch");
    private static final Set<String> DIRECTIONS = Set.of("in", "out");
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

    private final ByLabel<Counter> opened;
    private final ByLabel<AtomicInteger> active;
    private final ByLabel<Map<CloseCause, Counter>> closes;
    private final ByLabel<Counter> rejects;
    private final ByLabel<AtomicInteger> upstreamActive;
    private final ByLabel<Counter> upstreamFailures;
    private final ByLabel<Timer> upstreamConnect;
    private final AtomicInteger upstreamUp;
    private final AtomicInteger upstreamAddressesDown;
    private final ConcurrentMap<String, AtomicInteger> upstreamAddresses = new ConcurrentHashMap<>();
    private final Meters meters;
    private final ByLabel<Counter> compressed;
    private final ByLabel<AtomicLong> notAfter;
    private final ByLabel<ByLabel<Counter>> bytes;
    private final ByLabel<ByLabel<ByLabel<Counter>>> handshakes;

    ConnectionMeters(Meters meters) {
        this.meters = meters;
        opened = ByLabel.all(
                LISTENERS,
                listener -> meters.counter("connections", "Client connections accepted", "listener", listener));
        active = ByLabel.all(
                LISTENERS,
                listener -> meters.gauge("connections.active", "Client connections open", "listener", listener));
        closes = ByLabel.all(LISTENERS, listener -> closes(meters, listener));
        rejects = ByLabel.all(
                REJECTIONS,
                reason -> meters.counter("connection.rejects", "Client connections turned away", "reason", reason));
        upstreamActive = ByLabel.all(
                ROLES, role -> meters.gauge("upstream.connections.active", "Upstream connections open", "role", role));
        upstreamFailures = ByLabel.all(
                ROLES,
                role -> meters.counter("upstream.connect.failures", "Upstream connections that failed", "role", role));
        upstreamConnect = ByLabel.all(
                ROLES,
                role -> meters.timer(
                        "upstream.connect.duration", "Time to connect, TLS and greeting included", "role", role));
        upstreamUp = meters.gauge("upstream.up", "1 when the latest attempt to connect to the upstream succeeded");
        upstreamAddressesDown = meters.gauge(
                "upstream.addresses.down", "Of several addresses of the upstream, those that are left alone for now");
        compressed = ByLabel.all(
                COMPRESSING,
                side -> meters.counter("compressions", "Connections that began to use COMPRESS", "side", side));
        notAfter = ByLabel.whenSeen(
                LISTENERS,
                listener -> meters.bigGauge(
                        "tls.certificate.not.after.seconds",
                        "When the listener's certificate expires, in seconds since 1970",
                        "listener",
                        listener));
        bytes = ByLabel.all(SIDES, side -> ByLabel.all(DIRECTIONS, direction -> bytes(meters, side, direction)));
        handshakes = ByLabel.all(SIDES, side -> handshakes(meters, side));
    }

    private static Map<CloseCause, Counter> closes(Meters meters, String listener) {
        Map<CloseCause, Counter> counters = new EnumMap<>(CloseCause.class);
        for (CloseCause cause : CloseCause.values()) {
            counters.put(
                    cause,
                    meters.counter(
                            "connection.closes",
                            "Client connections closed, one cause for each",
                            "listener",
                            listener,
                            "cause",
                            Label.of(cause)));
        }
        return counters;
    }

    private static Counter bytes(Meters meters, String side, String direction) {
        return meters.counter(
                "bytes", "Octets read (in) and written (out) by the proxy", "side", side, "direction", direction);
    }

    private static ByLabel<ByLabel<Counter>> handshakes(Meters meters, String side) {
        return ByLabel.all(
                TLS_VERSIONS,
                version -> ByLabel.all(
                        Label.OUTCOMES,
                        outcome -> meters.counter(
                                "tls.handshakes",
                                "TLS handshakes",
                                "side",
                                side,
                                "version",
                                version,
                                "result",
                                outcome)));
    }

    void opened(String listener) {
        opened.of(listener).increment();
        active.of(listener).incrementAndGet();
    }

    void closed(String listener, CloseCause cause) {
        Counter counter = closes.of(listener).get(cause);
        if (counter != null) {
            counter.increment();
        }
        active.of(listener).decrementAndGet();
    }

    void rejected(String reason) {
        rejects.of(reason).increment();
    }

    void upstreamConnected(String role) {
        upstreamUp.set(1);
        upstreamActive.of(role).incrementAndGet();
    }

    void upstreamClosed(String role) {
        upstreamActive.of(role).decrementAndGet();
    }

    void upstreamFailed(String role) {
        upstreamUp.set(0);
        upstreamFailures.of(role).increment();
    }

    /** No vocabulary is needed: the addresses are those of the configuration. */
    void upstreamAddress(String address, boolean isUp) {
        upstreamAddresses
                .computeIfAbsent(
                        address,
                        name -> meters.gauge(
                                "upstream.address.up",
                                "1 when this address of an upstream was reached and greeted when last tried",
                                "address",
                                name))
                .set(isUp ? 1 : 0);
    }

    void upstreamAddressesDown(int delta) {
        upstreamAddressesDown.addAndGet(delta);
    }

    void upstreamConnectTime(String role, long nanos) {
        upstreamConnect.of(role).record(nanos, TimeUnit.NANOSECONDS);
    }

    void compressed(String side) {
        compressed.of(side).increment();
    }

    void certificate(String listener, Instant at) {
        notAfter.of(listener).set(at.getEpochSecond());
    }

    void bytes(String side, String direction, long count) {
        bytes.of(side).of(direction).increment((double) count);
    }

    void handshake(String side, String version, boolean success) {
        handshakes.of(side).of(version).of(Label.outcome(success)).increment();
    }
}
