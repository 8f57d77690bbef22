package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.ALL;
import static org.imapnotify.watch.FakeSession.personal;
import static org.imapnotify.watch.FakeSession.registration;

import java.util.List;
import org.imapnotify.notify.FilterMailboxes;
import org.junit.jupiter.api.Test;

/** An upstream with a NOTIFY of its own is the watcher's source. */
class NotifySourceTest extends WatcherTestBase {
    private static final String SET =
            "NOTIFY SET (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))";

    private void start() {
        upstream.capabilities += " IDLE NOTIFY";
        List.of("INBOX", "a", "b").forEach(upstream::box);
        watcher.register(session, registration(new FilterMailboxes.Personal(), ALL));
        settle();
        session.take();
    }

    private long rounds() {
        return upstream.takeCommands().stream()
                .filter(command -> command.startsWith("LIST") || command.startsWith("STATUS"))
                .count();
    }

    @Test
    void asksForNothingWhileTheUpstreamTells() {
        start();
        assertThat(upstream.takeCommands()).contains(SET).doesNotContain("IDLE");
        seconds(31);
        upstream.takeCommands();
        seconds(400);
        assertThat(rounds()).isZero();
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void tellsAtOnceWithOneQuestionForAnyNumberOfSessions() {
        start();
        FakeSession other = new FakeSession();
        watcher.register(other, personal());
        seconds(60);
        other.take();
        upstream.takeCommands();
        upstream.append("a");
        settle();
        assertThat(session.take()).containsExactly("a 1/1");
        assertThat(other.take()).containsExactly("a 1/1");
        assertThat(upstream.takeCommands()).containsExactly("STATUS \"a\"" + ITEMS);
    }

    @Test
    void aLineOfListHasTheMailboxesListed() {
        start();
        seconds(60);
        upstream.box("new");
        upstream.notified("* LIST () \"/\" \"new\"");
        seconds(1);
        assertThat(session.take()).containsExactly("CREATED new");
    }

    @Test
    void looksOnceMoreWhenNotifyIsInForce() {
        upstream.holding = true;
        upstream.capabilities += " NOTIFY";
        upstream.box("a");
        watcher.register(session, personal());
        upstream.holding = false;
        while (session.told.isEmpty()) {
            upstream.work(1);
        }
        upstream.append("a"); // NOTIFY SET is on its way
        settle();
        assertThat(session.take()).containsExactly("armed 1", "a 1/1");
    }

    @Test
    void asksForFewerEventsWhenOneIsNotSupported() {
        upstream.notifyAnswers.add("NO [BADEVENT (FlagChange MessageNew MessageExpunge MailboxName)] no");
        start();
        assertThat(upstream.takeCommands())
                .containsSubsequence(SET, "NOTIFY SET (personal (MessageNew MessageExpunge FlagChange MailboxName))");
        seconds(31);
        upstream.takeCommands();
        seconds(120);
        assertThat(upstream.takeCommands()).anyMatch(command -> command.startsWith("LSUB")); // nobody tells those
    }

    @Test
    void pollsAndIdlesAfterARefusal() {
        upstream.notifyAnswers.add("BAD no");
        start();
        assertThat(metrics.toString()).contains("no/notify");
        upstream.takeCommands();
        seconds(61);
        assertThat(upstream.takeCommands()).contains("STATUS \"a\"" + ITEMS).doesNotContain(SET);
        assertThat(watcher.watched()).anyMatch(WatchedMailbox::idle);
    }

    @Test
    void pollsAfterAnOverflowAndTriesAgainLater() {
        start();
        seconds(60);
        upstream.takeCommands();
        upstream.notified("* OK [NOTIFICATIONOVERFLOW] too much");
        seconds(1);
        assertThat(rounds()).isPositive();
        seconds(299);
        assertThat(upstream.takeCommands()).contains(SET);
    }

    @Test
    void whatHappensWhileTheConnectionIsLostIsFound() {
        start();
        seconds(60);
        upstream.pushes = false;
        upstream.append("b");
        upstream.connections.stream().filter(each -> each.notifying).toList().forEach(FakeUpstream.Connection::breaks);
        settle();
        assertThat(session.take()).containsExactly("b 1/1");
    }

    @Test
    void anUpstreamThatKeepsSilentIsPolledInTheEnd() {
        start();
        upstream.pushes = false;
        for (int i = 0; i < 3; i++) {
            upstream.append("b");
            seconds(601);
            assertThat(session.take()).containsExactly("b " + (i + 1) + "/" + (i + 1)); // the safety rounds
        }
        assertThat(metrics.toString()).contains("no/notify");
        upstream.append("a");
        seconds(61);
        assertThat(session.take()).containsExactly("a 1/1");
    }

    @Test
    void theConnectionIsKeptAlive() {
        start();
        seconds(60);
        upstream.takeCommands();
        seconds(541);
        assertThat(upstream.takeCommands()).contains("NOOP");
    }
}
