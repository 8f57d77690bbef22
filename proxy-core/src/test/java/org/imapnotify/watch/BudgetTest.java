package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;

import java.time.Duration;
import java.util.stream.IntStream;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

/** Sixty commands a minute for twenty mailboxes that are worth eighty: rounds come half as often, and nothing is lost. */
class BudgetTest extends WatcherTestBase {
    private static final String[] NAMES =
            IntStream.range(0, 20).mapToObj(i -> "box" + i).toArray(String[]::new);

    BudgetTest() {
        super(new WatchSettings(
                new ConnectionSettings(false, Duration.ofSeconds(10), Duration.ofSeconds(20)),
                new WatchIntervals(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5)),
                1,
                Duration.ofMinutes(9),
                Patience.LONG,
                60));
        for (String name : NAMES) {
            upstream.box(name);
        }
        watcher.register(session, named(NAMES));
        settle();
        session.take();
        upstream.takeCommands();
    }

    @Test
    void theBudgetIsKeptOverAnyLongTime() {
        seconds(10 * 60);
        assertThat(upstream.takeCommands().size()).isBetween(10 * 60 - 20, 11 * 60 + 20);
        assertThat(metrics).contains("postponed");
    }

    @Test
    void aHintThatCannotBePaidIsLookedAtLaterAndOnce() {
        seconds(10 * 60);
        upstream.append("box3");
        for (int i = 0; i < 50; i++) {
            watcher.hint(MailboxName.of("box3"));
        }
        seconds(30);
        assertThat(session.take()).containsExactly("box3 1/1");
        assertThat(upstream.takeCommands()).isNotEmpty();
    }

    @Test
    void manyHintsAreLookedAtWithinTheBudgetAndNoneIsForgotten() {
        seconds(10 * 60);
        upstream.takeCommands();
        for (String name : NAMES) {
            upstream.append(name);
            watcher.hint(MailboxName.of(name));
        }
        seconds(45);
        assertThat(session.take()).hasSize(NAMES.length);
        seconds(60);
        assertThat(upstream.takeCommands().size()).isLessThan(60 * 105 / 60 + 40);
    }

    @Test
    void aNewRegistrationIsAnsweredThoughTheBucketIsEmpty() {
        seconds(10 * 60);
        upstream.box("new");
        FakeSession other = new FakeSession();
        watcher.register(other, named("new"));
        seconds(30);
        assertThat(other.take()).containsExactly("armed 1");
    }

    @Test
    void aConnectionThatBreaksWhileALookWaitsLosesNothing() {
        seconds(10 * 60);
        upstream.append("box3");
        watcher.hint(MailboxName.of("box3"));
        upstream.connections.get(0).breaks();
        seconds(60);
        assertThat(session.take()).containsExactly("box3 1/1");
    }
}
