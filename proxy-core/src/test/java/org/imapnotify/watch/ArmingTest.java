package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import java.util.List;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class ArmingTest extends WatcherTestBase {
    private final FakeSession other = new FakeSession();

    private void boxes(String... names) {
        List.of(names).forEach(upstream::box);
    }

    private static String status(String name) {
        return "STATUS \"" + name + "\"" + ITEMS;
    }

    @Test
    void registrationsShareOneRoundAndOneConnection() {
        boxes("a", "b");
        watcher.register(session, named("a"));
        watcher.register(other, named("a", "b"));
        settle();
        assertThat(upstream.connections).hasSize(1);
        assertThat(upstream.takeCommands()).endsWith("NAMESPACE", status("a"), status("b"));
        assertThat(session.take()).containsExactly("armed 1");
        assertThat(other.take()).containsExactly("armed 2");
    }

    @Test
    void aTableAskedForWithinTheLastSecondIsFresh() {
        boxes("a", "b");
        watcher.register(session, named("a", "b"));
        settle();
        upstream.takeCommands();
        seconds(0.9);
        watcher.register(other, named("b"));
        assertThat(other.take()).containsExactly("armed 1");
        assertThat(upstream.takeCommands()).isEmpty();
    }

    @Test
    void anOlderTableIsAskedAnewForTheNewRegistrationOnly() {
        boxes("a", "b", "c");
        watcher.register(session, named("a", "b", "c"));
        settle();
        upstream.takeCommands();
        seconds(5);
        upstream.append("b");
        upstream.append("c");
        watcher.register(other, named("b"));
        assertThat(other.take()).isEmpty();
        settle();
        assertThat(upstream.takeCommands()).containsExactly(status("b"));
        assertThat(other.take()).containsExactly("armed 1");
        assertThat(other.rows.get(0).status().messages()).isEqualTo(1);
        assertThat(session.take()).containsExactly("armed 3", "b 1/1");
        seconds(25);
        assertThat(session.take()).containsExactly("c 1/1");
    }

    @Test
    void aRegistrationDuringARoundWaitsForAnswersToQuestionsAskedAfterIt() {
        boxes("a");
        watcher.register(session, named("a"));
        settle();
        upstream.takeCommands();
        upstream.holding = true;
        seconds(30);
        seconds(2);
        watcher.register(other, named("a"));
        upstream.holding = false;
        settle();
        assertThat(upstream.takeCommands()).containsExactly(status("a"), status("a"));
        assertThat(other.take()).containsExactly("armed 1");
    }

    @Test
    void aNewRegistrationTakesThePlaceOfTheOld() {
        boxes("a", "b");
        watcher.register(session, named("a"));
        settle();
        watcher.register(session, named("b"));
        settle();
        assertThat(session.take()).containsExactly("armed 1", "armed 1");
        upstream.append("a");
        upstream.append("b");
        seconds(30);
        assertThat(session.take()).containsExactly("b 1/1");
    }

    @Test
    void aHintIsAskedForAtOnceAndOnceMoreWhateverComesMeanwhile() {
        boxes("a");
        watcher.register(session, named("a"));
        settle();
        upstream.takeCommands();
        upstream.append("a");
        upstream.holding = true;
        watcher.hint(MailboxName.of("a"));
        watcher.hint(MailboxName.of("a"));
        watcher.hint(MailboxName.of("a"));
        assertThat(upstream.writes).hasSize(1);
        upstream.holding = false;
        settle();
        assertThat(upstream.takeCommands()).containsExactly(status("a"), status("a"));
        assertThat(session.take()).containsExactly("armed 1", "a 1/1");
    }

    @Test
    void aHintDuringARoundDoesNotWaitForItsEnd() {
        for (int i = 0; i < 100; i++) {
            upstream.box("box" + i);
        }
        watcher.register(session, personal());
        settle();
        upstream.takeCommands();
        upstream.holding = true;
        seconds(30);
        watcher.hint(MailboxName.of("box99"));
        assertThat(upstream.writes).hasSize(2);
        upstream.holding = false;
        settle();
        assertThat(upstream.takeCommands()).hasSize(102);
    }

    @Test
    void aHintForWhatNobodyWantsIsNothing() {
        boxes("a", "b");
        watcher.register(session, named("a"));
        settle();
        upstream.takeCommands();
        watcher.hint(MailboxName.of("b"));
        settle();
        assertThat(upstream.takeCommands()).isEmpty();
    }

    @Test
    void theLastToLeaveClosesTheConnections() {
        boxes("a");
        watcher.register(session, named("a"));
        watcher.register(other, named("a"));
        settle();
        watcher.leave(session);
        assertThat(upstream.open()).isEqualTo(1);
        watcher.leave(other);
        assertThat(upstream.open()).isZero();
        seconds(300);
        assertThat(upstream.connections).hasSize(1);
        watcher.register(session, named("a"));
        settle();
        assertThat(upstream.connections).hasSize(2);
        assertThat(session.take()).containsExactly("armed 1", "armed 1");
    }

    @Test
    void aSessionThatLeavesBeforeItIsArmedHearsNothing() {
        boxes("a");
        watcher.register(session, named("a"));
        watcher.leave(session);
        settle();
        assertThat(session.take()).isEmpty();
        assertThat(upstream.open()).isZero();
    }

    @Test
    void wipedItIsDead() {
        boxes("a");
        watcher.register(session, named("a"));
        settle();
        session.take();
        watcher.wipe();
        assertThat(upstream.open()).isZero();
        assertThat(secret.wiped()).isTrue();
        assertThat(session.take()).isEmpty();
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).hasSize(1).allMatch(line -> line.startsWith("lost "));
    }
}
