package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.personal;

import java.time.Duration;
import org.imapnotify.watch.WatchSettings.Patience;
import org.junit.jupiter.api.Test;

/** An upstream that tells by its own NOTIFY is looked at in rounds every two minutes here. */
class SafetyIntervalTest extends WatcherTestBase {
    SafetyIntervalTest() {
        super(settings(
                Patience.LONG,
                2,
                new WatchIntervals(INTERVAL, INTERVAL.multipliedBy(2), Duration.ofMinutes(5), Duration.ofMinutes(2))));
        upstream.capabilities += " NOTIFY";
        upstream.box("a");
    }

    @Test
    void whatTheUpstreamForgetsToTellIsSeenByThen() {
        watcher.register(session, personal());
        settle();
        session.take();
        upstream.takeCommands();
        seconds(20 * 60);
        assertThat(upstream.takeCommands().stream().filter(command -> command.startsWith("STATUS")))
                .hasSizeBetween(9, 12);
        upstream.pushes = false;
        upstream.append("a");
        seconds(2.5 * 60);
        assertThat(session.take()).containsExactly("a 1/1");
    }
}
