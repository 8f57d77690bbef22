package org.imapnotify.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.imapnotify.netty.Telemetry;
import org.imapnotify.session.CloseCause;
import org.imapnotify.wire.CommandName;

/**
 * The proxy's numbers as Micrometer meters, {@code imapnotify_} in Prometheus. For each listener
 * {@code connections_total - sum(connection_closes_total) = connections_active}. Every label has a fixed vocabulary.
 */
final class MicrometerTelemetry implements Telemetry {
    private final ConnectionMeters connections;
    private final CommandMeters commands;
    private final NotifyMeters notify;
    private final LoadMeters load;

    MicrometerTelemetry(MeterRegistry registry) {
        Meters meters = new Meters(registry);
        connections = new ConnectionMeters(meters);
        commands = new CommandMeters(meters);
        notify = new NotifyMeters(meters);
        load = new LoadMeters(meters);
    }

    @Override
    public void connectionOpened(String listener) {
        connections.opened(listener);
    }

    @Override
    public void connectionClosed(String listener, CloseCause cause) {
        connections.closed(listener, cause);
    }

    @Override
    public void connectionRejected(String reason) {
        connections.rejected(reason);
    }

    @Override
    public void upstreamConnected(String role) {
        connections.upstreamConnected(role);
    }

    @Override
    public void upstreamClosed(String role) {
        connections.upstreamClosed(role);
    }

    @Override
    public void upstreamConnectFailed(String role) {
        connections.upstreamFailed(role);
    }

    @Override
    public void upstreamConnectTime(String role, long nanos) {
        connections.upstreamConnectTime(role, nanos);
    }

    @Override
    public void bytes(String side, String direction, long count) {
        connections.bytes(side, direction, count);
    }

    @Override
    public void upstreamAddress(String address, boolean up) {
        connections.upstreamAddress(address, up);
    }

    @Override
    public void upstreamAddressesDown(int delta) {
        connections.upstreamAddressesDown(delta);
    }

    @Override
    public void compressed(String side) {
        connections.compressed(side);
    }

    @Override
    public void certificate(String listener, Instant notAfter) {
        connections.certificate(listener, notAfter);
    }

    @Override
    public void tlsHandshake(String side, String version, boolean success) {
        connections.handshake(side, version, success);
    }

    @Override
    public void authentication(String mechanism, boolean success) {
        commands.authentication(mechanism, success);
    }

    @Override
    public void authenticationTime(long nanos) {
        commands.authenticationTime(nanos);
    }

    @Override
    public void loginDelayed() {
        commands.loginDelayed();
    }

    @Override
    public void command(CommandName name) {
        commands.received(name);
    }

    @Override
    public void commandDone(CommandName name, String result) {
        commands.done(name, result);
    }

    @Override
    public void parserError(String side) {
        commands.parserError(side);
    }

    @Override
    public void notifySession(boolean on) {
        notify.session(on);
    }

    @Override
    public void notifyEvent(String event) {
        notify.event(event);
    }

    @Override
    public void notifyOverflow() {
        notify.overflow();
    }

    @Override
    public void notifyLatency(long nanos) {
        notify.latency(nanos);
    }

    @Override
    public void watchers(int delta) {
        notify.watchers(delta);
    }

    @Override
    public void watchConnections(String kind, int delta) {
        notify.connections(kind, delta);
    }

    @Override
    public void watchRound(long nanos, int mailboxes) {
        notify.round(nanos, mailboxes);
    }

    @Override
    public void watchRestart(String kind) {
        notify.restart(kind);
    }

    @Override
    public void watchersSlowed(int delta) {
        load.slowed(delta);
    }

    @Override
    public void watchLookPostponed() {
        load.postponed();
    }

    @Override
    public void watchConnectionsWaiting(int delta) {
        load.waiting(delta);
    }

    @Override
    public void watchConnectionRefused() {
        load.refused();
    }

    @Override
    public void watchStretch(Object upstream, int factor) {
        load.stretch(upstream, factor);
    }

    @Override
    public void upstreamShedding(String step, int delta) {
        load.shedding(step, delta);
    }

    @Override
    public void upstreamThrottle(String kind) {
        notify.throttle(kind);
    }
}
