package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;

import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleSlotTest extends WatcherTestBase {
    private static final String STATUS_INBOX = "STATUS \"INBOX\"" + ITEMS;

    @BeforeEach
    void inboxIsIdledOn() {
        upstream.capabilities += " IDLE";
        upstream.box("INBOX");
        upstream.box("a");
    }

    private void start() {
        watcher.register(session, named("INBOX", "a"));
        settle();
        session.take();
    }

    @Test
    void examinesAndIdlesAndThenLooksOnce() {
        watcher.register(session, named("INBOX", "a"));
        settle();
        assertThat(upstream.takeCommands())
                .containsSubsequence(STATUS_INBOX, "EXAMINE \"INBOX\"", "IDLE", STATUS_INBOX);
        assertThat(metrics).contains("+POLL").contains("+IDLE");
    }

    @Test
    void isNotConnectedWhenInboxIsOfNoInterest() {
        watcher.register(session, named("a"));
        settle();
        assertThat(upstream.connections).hasSize(1);
        watcher.register(session, named("a", "INBOX"));
        seconds(31);
        assertThat(upstream.open()).isEqualTo(2);
        watcher.register(session, named("a"));
        settle();
        assertThat(upstream.open()).isEqualTo(1);
    }

    @Test
    void whatIsPushedIsToldAtOnce() {
        start();
        upstream.takeCommands();
        upstream.append("INBOX");
        settle();
        assertThat(upstream.takeCommands()).containsExactly(STATUS_INBOX);
        assertThat(session.take()).containsExactly("INBOX 1/1");
    }

    @Test
    void isRenewed() {
        start();
        seconds(8 * 60 + 59);
        assertThat(upstream.takeCommands()).doesNotContain("DONE");
        seconds(2);
        assertThat(upstream.takeCommands()).containsSubsequence("DONE", "IDLE");
        upstream.append("INBOX");
        settle();
        assertThat(session.take()).containsExactly("INBOX 1/1");
    }

    @Test
    void isGivenUpWhenItKeepsSilentAboutTwoChanges() {
        start();
        upstream.pushes = false;
        seconds(31);
        upstream.append("INBOX");
        seconds(33);
        assertThat(session.take()).containsExactly("INBOX 1/1");
        assertThat(upstream.open()).isEqualTo(2);
        upstream.append("INBOX");
        seconds(33);
        assertThat(session.take()).containsExactly("INBOX 2/2");
        assertThat(upstream.open()).isEqualTo(1);
        assertThat(metrics).contains("no/idle");
        seconds(600);
        assertThat(upstream.open()).isEqualTo(1);
    }

    @Test
    void isTriedAgainAfterHalfAnHourAndKeptWhenItTellsNow() {
        isGivenUpWhenItKeepsSilentAboutTwoChanges();
        upstream.pushes = true;
        seconds(30 * 60);
        assertThat(upstream.open()).isEqualTo(2);
        for (int i = 3; i <= 6; i++) {
            upstream.append("INBOX");
            settle();
            assertThat(session.take()).as("told at once").containsExactly("INBOX " + i + "/" + i);
            seconds(31);
        }
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void isTriedAgainLaterAndLaterWhileItKeepsSilent() {
        isGivenUpWhenItKeepsSilentAboutTwoChanges();
        seconds(30 * 60);
        assertThat(upstream.open()).isEqualTo(2);
        upstream.append("INBOX");
        seconds(63);
        upstream.append("INBOX");
        seconds(63);
        assertThat(session.take()).containsExactly("INBOX 3/3", "INBOX 4/4");
        assertThat(upstream.open()).isEqualTo(1);
        seconds(45 * 60);
        assertThat(upstream.open()).as("not before an hour").isEqualTo(1);
        seconds(16 * 60);
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void isKeptWhenItIsOnlySlow() {
        start();
        upstream.pushes = false;
        seconds(31);
        for (int i = 1; i <= 4; i++) {
            upstream.append("INBOX");
            watcher.hint(MailboxName.INBOX);
            seconds(0.5);
            upstream.connections.get(1).say("* " + i + " EXISTS");
            seconds(10);
        }
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void isGivenUpWhenIdleIsRefused() {
        upstream.unknownCommands.add(" IDLE");
        start();
        assertThat(upstream.open()).isEqualTo(1);
        seconds(600);
        assertThat(upstream.connections).hasSize(2);
        upstream.append("INBOX");
        seconds(30);
        assertThat(session.take()).containsExactly("INBOX 1/1");
    }

    @Test
    void isReplacedWhenItBreaksAndThenLooksOnce() {
        start();
        upstream.connections.get(1).breaks();
        upstream.takeCommands();
        seconds(1.1);
        assertThat(upstream.takeCommands()).endsWith("EXAMINE \"INBOX\"", "IDLE", STATUS_INBOX);
    }

    @Test
    void isNotNeededByThePoller() {
        start();
        upstream.connections.get(0).breaks();
        upstream.append("INBOX");
        seconds(1.1);
        assertThat(upstream.connections.get(1).closed).isFalse();
        assertThat(session.take()).containsExactly("INBOX 1/1");
    }
}
