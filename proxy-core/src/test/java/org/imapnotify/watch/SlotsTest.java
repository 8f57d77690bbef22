package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import java.util.List;
import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two slots for INBOX and three other mailboxes. */
class SlotsTest extends WatcherTestBase {
    SlotsTest() {
        super(Patience.LONG, 3, INTERVAL.multipliedBy(2));
    }

    @BeforeEach
    void start() {
        upstream.capabilities += " IDLE";
        List.of("INBOX", "a", "b", "c").forEach(upstream::box);
        watcher.register(session, personal());
        settle();
        session.take();
    }

    private List<String> idledOn() {
        return watcher.watched().stream()
                .filter(WatchedMailbox::idle)
                .map(watched -> watched.name().octets())
                .toList();
    }

    private void busy(String name, int changes) {
        for (int i = 0; i < changes; i++) {
            upstream.append(name);
            watcher.hint(MailboxName.of(name));
            settle();
        }
    }

    @Test
    void noConnectionIsSpentOnMailboxesInWhichNothingHappens() {
        seconds(300);
        assertThat(idledOn()).containsExactly("INBOX");
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void aMailboxThatChangesGetsTheFreeSlot() {
        upstream.append("b");
        seconds(31);
        assertThat(idledOn()).containsExactly("INBOX", "b");
        session.take();
        upstream.append("b");
        settle();
        assertThat(session.take()).containsExactly("b 2/2");
    }

    @Test
    void aSlotMovesToTheLivelierMailboxOverTheSameConnection() {
        busy("b", 1);
        assertThat(idledOn()).containsExactly("INBOX", "b");
        busy("c", 2);
        assertThat(idledOn()).containsExactly("INBOX", "b"); // not clearly livelier
        upstream.takeCommands();
        busy("c", 2);
        assertThat(idledOn()).containsExactly("INBOX", "c");
        assertThat(upstream.takeCommands())
                .containsSubsequence("DONE", "STATUS \"b\"" + ITEMS)
                .containsSubsequence("DONE", "EXAMINE \"c\"", "IDLE", "STATUS \"c\"" + ITEMS);
        assertThat(upstream.connections).hasSize(3);
    }

    @Test
    void whatHappensDuringTheMoveIsToldAtOnceForBothMailboxes() {
        busy("b", 1);
        session.take();
        upstream.pushes = false;
        upstream.connections.get(2).onExamine = () -> {
            upstream.append("b");
            upstream.append("c");
        };
        upstream.connections.get(2).onDone = () -> upstream.append("b");
        busy("c", 3);
        assertThat(session.take()).contains("b 2/2", "c 4/4");
        assertThat(idledOn()).containsExactly("INBOX", "c");
        seconds(31);
        assertThat(session.take()).containsExactly("b 3/3");
    }

    @Test
    void inboxKeepsItsSlot() {
        busy("a", 9);
        busy("b", 9);
        busy("c", 9);
        assertThat(idledOn()).hasSize(2).contains("INBOX");
    }

    @Test
    void aMailboxThatHasGoneQuietGivesItsConnectionBack() {
        busy("b", 1);
        seconds(30 * 60);
        assertThat(idledOn()).contains("b");
        seconds(30 * 60);
        assertThat(idledOn()).containsExactly("INBOX");
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void aMailboxThatCannotBeExaminedLeavesTheSlotToTheNext() {
        busy("a", 1);
        upstream.connections.get(2).breaks();
        upstream.box("a").refused = true;
        busy("b", 1);
        seconds(2);
        assertThat(idledOn()).containsExactly("INBOX", "b");
    }

    @Test
    void aMailboxNobodyWantsAnyMoreLosesItsSlot() {
        busy("b", 3);
        busy("c", 1);
        assertThat(idledOn()).containsExactly("INBOX", "b");
        watcher.register(session, named("INBOX", "c"));
        settle();
        assertThat(idledOn()).containsExactly("INBOX", "c");
    }

    @Test
    void whatIsToldByIdleIsAskedForLessOften() {
        upstream.append("INBOX");
        settle();
        upstream.takeCommands();
        seconds(10 * 60);
        long inbox = upstream.commands.stream()
                .filter(command -> command.startsWith("STATUS \"INBOX\""))
                .count();
        assertThat(inbox).isBetween(10L, 12L); // every second round
    }
}
