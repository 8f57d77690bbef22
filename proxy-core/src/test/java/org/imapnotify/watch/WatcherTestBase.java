package org.imapnotify.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;

/** A watcher with a poll interval of 30 s and two connections, before a {@link FakeUpstream}. */
abstract class WatcherTestBase {
    static final String ITEMS = " (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)";
    static final Duration INTERVAL = Duration.ofSeconds(30);

    final FakeUpstream upstream = new FakeUpstream();
    final FakeSession session = new FakeSession();
    final Secret secret = secret("pass");
    final StringBuilder metrics = new StringBuilder();
    final AccountWatcher watcher;

    WatcherTestBase() {
        this(WatchSettings.Patience.LONG);
    }

    WatcherTestBase(WatchSettings.Patience patience) {
        this(patience, 2, INTERVAL.multipliedBy(2));
    }

    WatcherTestBase(WatchSettings.Patience patience, int connections, Duration slowest) {
        this(settings(patience, connections, new WatchIntervals(INTERVAL, slowest, Duration.ofMinutes(5))));
    }

    WatcherTestBase(WatchSettings settings) {
        watcher = new AccountWatcher(
                settings, new Credentials.Login("user", secret), upstream, upstream::clock, new Random(1), events());
        upstream.onTimer = watcher::onTimer;
    }

    static WatchSettings settings(WatchSettings.Patience patience, int connections, WatchIntervals intervals) {
        return new WatchSettings(
                new ConnectionSettings(false, Duration.ofSeconds(10), Duration.ofSeconds(20)),
                intervals,
                connections,
                Duration.ofMinutes(9),
                patience);
    }

    static Secret secret(String text) {
        return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private WatchEvents events() {
        return new WatchEvents() {
            @Override
            public void roundFinished(long nanos, int mailboxes) {
                metrics.append(" round/").append(mailboxes);
            }

            @Override
            public void connectionUp(ConnectionKind kind) {
                metrics.append(" +").append(kind);
            }

            @Override
            public void connectionDown(ConnectionKind kind) {
                metrics.append(" -").append(kind);
            }

            @Override
            public void throttled(ConnectionKind kind) {
                metrics.append(" throttled/").append(kind);
            }

            @Override
            public void slowed(boolean on) {
                metrics.append(on ? " slowed" : " unslowed");
            }

            @Override
            public void lookPostponed() {
                metrics.append(" postponed");
            }

            @Override
            public void disbelieved(String capability) {
                metrics.append(" no/").append(capability);
            }
        };
    }

    /** All that was sent is answered, and what is due within the time that this takes is done. */
    void settle() {
        upstream.advance(Duration.ofNanos(10_000));
    }

    void seconds(double seconds) {
        upstream.advance(Duration.ofMillis((long) (seconds * 1000)));
    }
}
