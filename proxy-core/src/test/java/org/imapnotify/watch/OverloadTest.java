package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.WatchSettings.Patience;
import org.junit.jupiter.api.Test;

/** Twenty accounts with INBOX and nineteen other mailboxes, each asked for every ten seconds: 2,400 commands a minute. */
class OverloadTest {
    private static final String[] NAMES =
            IntStream.range(0, 20).mapToObj(i -> i == 0 ? "INBOX" : "box" + i).toArray(String[]::new);

    private final List<Account> accounts = new ArrayList<>();
    private final Shedding shedding = new Shedding();
    private int greatestStretch;

    /** Accounts have a clock each, which differ by nanoseconds. */
    private static final class Account {
        final FakeUpstream upstream = new FakeUpstream();
        final FakeSession session = new FakeSession();
        final AccountWatcher watcher;

        Account(UpstreamShare share, int seed) {
            upstream.share = share;
            upstream.capabilities += " IDLE";
            List.of(NAMES).forEach(upstream::box);
            watcher = new AccountWatcher(
                    new WatchSettings(
                            new ConnectionSettings(false, Duration.ofSeconds(10), Duration.ofSeconds(20)),
                            new WatchIntervals(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5)),
                            2,
                            Duration.ofMinutes(9),
                            Patience.LONG),
                    new Credentials.Login("user", WatcherTestBase.secret("pass")),
                    upstream,
                    upstream::clock,
                    new Random(seed),
                    WatchEvents.NONE);
            upstream.onTimer = watcher::onTimer;
            watcher.register(session, named(NAMES));
        }

        long asked() {
            return upstream.takeCommands().stream()
                    .filter(command -> command.startsWith("STATUS"))
                    .count();
        }
    }

    private void start(int perMinute) {
        TokenBucket bucket = new TokenBucket(perMinute, Duration.ofMinutes(1), perMinute / 60);
        UpstreamShare share = new UpstreamShare() {
            @Override
            public long commands(int count, long now) {
                return bucket.take(count, now);
            }

            @Override
            public long backlog(long now) {
                long backlog = bucket.backlog(now);
                shedding.onBacklog(backlog);
                greatestStretch = Math.max(greatestStretch, Shedding.stretch(backlog));
                return backlog;
            }

            @Override
            public boolean allowsListeners() {
                return shedding.step().compareTo(Shedding.Step.SLOTS) < 0;
            }
        };
        for (int i = 0; i < 20; i++) {
            accounts.add(new Account(share, i));
        }
    }

    private void minutes(int minutes) {
        for (int i = 0; i < minutes * 600; i++) {
            accounts.forEach(account -> account.upstream.advance(Duration.ofMillis(100)));
        }
    }

    private long asked() {
        return accounts.stream().mapToLong(Account::asked).sum();
    }

    private void appendEverywhere() {
        for (Account account : accounts) {
            account.session.take();
            List.of(NAMES).forEach(account.upstream::append);
        }
    }

    @Test
    void enoughForAllBindsNobody() {
        start(6000);
        minutes(5);
        asked();
        minutes(10);
        assertThat(asked()).isBetween(20_000L, 27_000L);
        assertThat(greatestStretch).isEqualTo(1);
    }

    @Test
    void aThirdOfWhatIsWantedMakesIntervalsLongerAndLosesNothing() {
        start(800);
        minutes(5);
        asked();
        minutes(10);
        assertThat(asked()).isBetween(6_500L, 8_500L);
        assertThat(greatestStretch).isBetween(3, 8);
        appendEverywhere();
        minutes(5);
        assertThat(accounts).allMatch(account -> account.session.take().size() >= NAMES.length);
    }

    @Test
    void aTwentiethTakesTheListenersAndInTheEndSomeRegistrations() {
        start(120);
        minutes(20);
        assertThat(greatestStretch).isEqualTo(8);
        long lost = accounts.stream()
                .filter(account -> account.session.take().contains("lost the upstream is asked for too much"))
                .count();
        assertThat(lost).isBetween(1L, 19L);
        assertThat(accounts).allMatch(account -> account.upstream.open() <= 1);
        asked();
        minutes(10);
        assertThat(asked()).isLessThan(1_500);
        appendEverywhere();
        minutes(10);
        assertThat(accounts.stream()
                        .filter(account -> account.session.take().size() >= NAMES.length)
                        .count())
                .isPositive();
    }
}
