package org.imapnotify.netty;

import java.util.Locale;
import org.imapnotify.watch.WatchEvents;

/** What watchers tell of their work, in the words of {@link Telemetry}. */
final class WatchTelemetry implements WatchEvents {
    private final Telemetry telemetry;

    WatchTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void roundFinished(long nanos, int mailboxes) {
        telemetry.watchRound(nanos, mailboxes);
    }

    @Override
    public void connectionUp(ConnectionKind kind) {
        telemetry.watchConnections(word(kind), 1);
    }

    @Override
    public void connectionDown(ConnectionKind kind) {
        telemetry.watchConnections(word(kind), -1);
    }

    @Override
    public void restarted(ConnectionKind kind, String reason) {
        telemetry.watchRestart(word(kind));
    }

    @Override
    public void throttled(ConnectionKind kind) {
        telemetry.upstreamThrottle(word(kind));
    }

    @Override
    public void slowed(boolean on) {
        telemetry.watchersSlowed(on ? 1 : -1);
    }

    @Override
    public void lookPostponed() {
        telemetry.watchLookPostponed();
    }

    private static String word(ConnectionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
