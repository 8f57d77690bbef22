package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

/** Rounds come every 30 s at most; a quiet mailbox is looked at every 300 s at least. */
class ScheduleTest extends WatcherTestBase {
    ScheduleTest() {
        super(Patience.LONG, 1, INTERVAL.multipliedBy(10));
    }

    private void watch(String... names) {
        for (String name : names) {
            upstream.box(name);
        }
        watcher.register(session, named(names));
        settle();
        session.take();
        upstream.takeCommands();
    }

    private long asked(String name) {
        return upstream.commands.stream()
                .filter(command -> command.startsWith("STATUS \"" + name + "\""))
                .count();
    }

    @Test
    void aQuietMailboxIsLookedAtLessAndLess() {
        watch("a");
        seconds(5 * 60);
        assertThat(asked("a")).isBetween(10L, 12L);
        upstream.takeCommands();
        seconds(55 * 60);
        assertThat(asked("a")).isBetween(26L, 45L);
        upstream.takeCommands();
        seconds(60 * 60);
        assertThat(asked("a")).isBetween(12L, 14L);
    }

    @Test
    void newsAreLateByATenthOfTheQuietTimeAtMost() {
        watch("a", "b", "c", "d");
        for (int minutes : new int[] {11, 23, 41, 77, 200}) {
            seconds(minutes * 60);
            upstream.append("b");
            seconds(30 + Math.min(270, minutes * 6)); // a round begins at a time of its own
            assertThat(session.take()).as("after %s minutes", minutes).hasSize(1);
        }
    }

    @Test
    void aChangeMakesItLookedAtInEveryRoundAgain() {
        watch("a", "b");
        seconds(2 * 60 * 60);
        upstream.append("a");
        seconds(300);
        assertThat(session.take()).containsExactly("a 1/1");
        upstream.append("a");
        seconds(30);
        assertThat(session.take()).containsExactly("a 2/2");
    }

    @Test
    void aHintThatShowsNothingYetMakesItLookedAtInEveryRoundAgain() {
        watch("a", "b");
        seconds(2 * 60 * 60);
        watcher.hint(MailboxName.of("a"));
        settle();
        upstream.append("a");
        seconds(30);
        assertThat(session.take()).containsExactly("a 1/1");
    }

    @Test
    void quietMailboxesTakeTurns() {
        String[] names = new String[100];
        for (int i = 0; i < names.length; i++) {
            names[i] = "box" + i;
        }
        watch(names);
        seconds(3 * 60 * 60);
        upstream.takeCommands();
        for (int i = 0; i < 10; i++) {
            seconds(28.5);
            assertThat(upstream.takeCommands().size()).isLessThan(45);
        }
    }

    @Test
    void whereOneListAsksForAllTheyComeTogetherAndLessOften() {
        upstream.capabilities += " LIST-STATUS";
        for (int i = 0; i < 100; i++) {
            upstream.box("box" + i);
        }
        watcher.register(session, personal());
        settle();
        seconds(3 * 60 * 60);
        upstream.takeCommands();
        seconds(60 * 60);
        assertThat(upstream.takeCommands())
                .allMatch(command -> command.startsWith("LIST"))
                .hasSizeBetween(12, 14);
    }

    @Test
    void theLivelyOnesAreAskedForOneByOneMeanwhile() {
        upstream.capabilities += " LIST-STATUS";
        for (int i = 0; i < 100; i++) {
            upstream.box("box" + i);
        }
        watcher.register(session, personal());
        settle();
        seconds(3 * 60 * 60);
        upstream.append("box7");
        seconds(300);
        upstream.takeCommands();
        seconds(120);
        assertThat(asked("box7")).isBetween(3L, 5L);
        assertThat(upstream.takeCommands().size()).isLessThan(6);
    }

    @Test
    void afterAReconnectAllAreLookedAtAtOnce() {
        watch("a", "b");
        seconds(2 * 60 * 60);
        upstream.connections.get(0).breaks();
        upstream.append("b");
        seconds(2.1);
        assertThat(session.take()).containsExactly("b 1/1");
    }
}
