package org.imapnotify.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.watch.AccountWatcher;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.watch.UpstreamShare;
import org.imapnotify.watch.WatchOutput;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/** Runs the watcher of one account on one event loop: calls from sessions hop to it, its timer and connections live there. */
final class AccountLink implements WatchOutput {
    private final Credentials.Identity identity;
    private final EventLoop loop;
    private final UpstreamConnector connector;
    private final UpstreamShare share;
    private final Telemetry telemetry;
    private final AccountWatcher watcher;
    private int sessions;
    /** Who last joined or logged in: on whose behalf connections are opened. */
    private volatile @Nullable Origin origin;

    private @Nullable ScheduledFuture<?> timer;

    AccountLink(
            Credentials.Identity identity,
            Credentials credentials,
            EventLoop loop,
            UpstreamConnector connector,
            UpstreamLimits limits,
            WatchSettings settings,
            Telemetry telemetry) {
        this.identity = identity;
        this.loop = loop;
        this.connector = connector;
        this.share = limits.forAccount(this::wake);
        this.telemetry = telemetry;
        this.watcher = new AccountWatcher(
                settings,
                credentials,
                this,
                System::nanoTime,
                RandomGenerator.of("L32X64MixRandom"),
                new WatchTelemetry(telemetry));
    }

    Credentials.Identity identity() {
        return identity;
    }

    /** Counted by {@link Accounts} under its lock. */
    void joined(Origin by) {
        sessions++;
        origin = by;
    }

    int left() {
        return --sessions;
    }

    void register(Subscriber subscriber, Registration registration) {
        Hop.to(loop, () -> watcher.register(subscriber, registration));
    }

    void leave(Subscriber subscriber) {
        Hop.to(loop, () -> watcher.leave(subscriber));
    }

    void hint(MailboxName mailbox) {
        Hop.to(loop, () -> watcher.hint(mailbox));
    }

    void hintNames() {
        Hop.to(loop, watcher::hintNames);
    }

    void hintMetadata(MailboxName mailbox) {
        Hop.to(loop, () -> watcher.hintMetadata(mailbox));
    }

    /** Answered on the watcher's own loop. */
    CompletableFuture<ProxyStatus.Account> status() {
        int joined = sessions;
        return CompletableFuture.supplyAsync(
                () -> new ProxyStatus.Account(
                        LogText.of(identity.user()),
                        joined,
                        watcher.capabilities(),
                        watcher.watched().stream().map(ProxyStatus.Mailbox::of).toList()),
                loop);
    }

    void pause(boolean on) {
        Hop.to(loop, () -> watcher.pause(on));
    }

    /** Counted by {@link Accounts} under its lock. */
    int sessions() {
        return sessions;
    }

    void freshCredentials(Credentials fresh, Origin by) {
        origin = by;
        Hop.to(loop, () -> watcher.freshCredentials(fresh));
    }

    void wipe() {
        telemetry.watchers(-1);
        Hop.to(loop, () -> {
            watcher.wipe();
            wakeAt(Long.MAX_VALUE);
        });
    }

    @Override
    public void connect(UpstreamConnection connection) {
        Optional<Origin> client = Optional.ofNullable(origin);
        WatchHandler handler = new WatchHandler(connection, connector, client);
        connector.connect(loop, "watch", client, handler, (channel, why) -> {
            if (channel == null) {
                connection.onClosed(why);
            } else {
                handler.connected(channel);
            }
        });
    }

    @Override
    public UpstreamShare share() {
        return share;
    }

    private void wake() {
        Hop.to(loop, watcher::onTimer);
    }

    @Override
    public void wakeAt(long nanoTime) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (nanoTime != Long.MAX_VALUE) {
            long delay = Math.max(0, nanoTime - System.nanoTime());
            timer = loop.schedule(watcher::onTimer, delay, TimeUnit.NANOSECONDS);
        }
    }
}
