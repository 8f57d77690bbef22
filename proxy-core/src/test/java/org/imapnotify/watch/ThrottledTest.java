package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds come every 27 to 30 s unless the upstream wants less. */
class ThrottledTest extends WatcherTestBase {
    @BeforeEach
    void watch() {
        upstream.box("a");
        watcher.register(session, named("a"));
        settle();
        session.take();
        upstream.takeCommands();
    }

    private void seen(String answer) {
        upstream.statusAnswer = answer;
        seconds(30);
        upstream.statusAnswer = "OK";
        assertThat(upstream.takeCommands()).isNotEmpty();
    }

    @Test
    void roundsComeHalfAsOftenAndThenAsBefore() {
        seen("NO [LIMIT] slow down");
        assertThat(metrics).contains("throttled/POLL", "slowed");
        seconds(120);
        assertThat(upstream.takeCommands()).hasSizeBetween(1, 2);
        assertThat(metrics).doesNotContain("unslowed");
        seconds(90);
        upstream.takeCommands();
        seconds(240);
        assertThat(upstream.takeCommands()).hasSizeBetween(7, 9);
        assertThat(metrics).contains("unslowed");
    }

    @Test
    void aThrottleInAnOkCountsAndTheAnswerToo() {
        upstream.append("a");
        seen("OK [THROTTLED] done");
        assertThat(session.take()).containsExactly("a 1/1");
        assertThat(metrics).contains("slowed");
    }

    @Test
    void nothingIsAskedForAsLongAsTheUpstreamSays() {
        seen("BAD throttled. Suggested Backoff Time: 300000 milliseconds");
        watcher.hint(MailboxName.of("a"));
        upstream.append("a");
        seconds(295);
        assertThat(upstream.takeCommands()).isEmpty();
        assertThat(session.take()).isEmpty();
        seconds(36);
        assertThat(session.take()).containsExactly("a 1/1");
    }

    @Test
    void whatWasPutOffIsAskedForInTheNextRound() {
        upstream.append("a");
        seen("NO too many requests");
        assertThat(session.take()).isEmpty();
        seconds(60);
        assertThat(session.take()).containsExactly("a 1/1");
    }

    @Test
    void theIntervalsNeverGrowBeyondEightTimes() {
        upstream.statusAnswer = "NO [LIMIT] slow down";
        seconds(60 * 60);
        upstream.takeCommands();
        seconds(60 * 60);
        assertThat(upstream.takeCommands()).hasSizeBetween(13, 30);
    }

    @Test
    void anIdleThatIsThrottledIsNotDisbelieved() {
        upstream.capabilities += " IDLE";
        upstream.box("INBOX");
        upstream.refusals.put("EXAMINE", "NO [LIMIT] too many mailboxes open");
        upstream.connections.get(0).breaks();
        watcher.register(session, personal());
        seconds(40);
        assertThat(upstream.takeCommands()).contains("EXAMINE \"INBOX\"");
        upstream.refusals.clear();
        seconds(400);
        assertThat(upstream.takeCommands()).contains("EXAMINE \"INBOX\"", "IDLE");
        assertThat(metrics).doesNotContain("no/idle");
    }
}
