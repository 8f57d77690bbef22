package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;
import static org.imapnotify.watch.FakeSession.registration;

import java.util.List;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class RoundTest extends WatcherTestBase {
    private static final String LIST = "LIST \"\" \"*\"";

    private void boxes(String... names) {
        List.of(names).forEach(upstream::box);
    }

    @Test
    void nothingIsConnectedForTheSelectedMailboxAlone() {
        watcher.register(session, registration(new FilterMailboxes.Selected(), FakeSession.MESSAGES));
        settle();
        assertThat(session.take()).containsExactly("armed 0");
        assertThat(upstream.connections).isEmpty();
    }

    @Test
    void namedMailboxesAreAskedForInOneWriteAndNothingIsListed() {
        boxes("INBOX", "a", "b", "c");
        watcher.register(session, named("a", "inbox", "b"));
        settle();
        assertThat(upstream.takeCommands())
                .containsExactly(
                        "LOGIN \"user\" \"pass\"",
                        "NAMESPACE",
                        "STATUS \"a\"" + ITEMS,
                        "STATUS \"INBOX\"" + ITEMS,
                        "STATUS \"b\"" + ITEMS);
        assertThat(session.take()).containsExactly("armed 3");
        assertThat(session.rows).allMatch(MailboxRow::hasStatus);
    }

    @Test
    void aChangeIsToldAfterTheNextRoundAndOnlyOnce() {
        boxes("a", "b");
        watcher.register(session, named("a", "b"));
        settle();
        session.take();
        upstream.append("b");
        seconds(26.9);
        assertThat(session.take()).isEmpty();
        seconds(3.1);
        assertThat(session.take()).containsExactly("b 1/1");
        seconds(90);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void theIntervalRunsFromStartToStartAndRoundsDoNotOverlap() {
        boxes("a");
        watcher.register(session, named("a"));
        settle();
        upstream.takeCommands();
        upstream.holding = true;
        seconds(30);
        assertThat(upstream.writes).hasSize(1);
        seconds(19);
        assertThat(upstream.writes).hasSize(1);
        upstream.holding = false;
        settle();
        upstream.takeCommands();
        seconds(4.9);
        assertThat(upstream.takeCommands()).isEmpty();
        seconds(6.1);
        assertThat(upstream.takeCommands()).hasSize(1);
    }

    @Test
    void listStatusTakesOneCommand() {
        upstream.capabilities += " LIST-EXTENDED LIST-STATUS CONDSTORE";
        boxes("INBOX", "a", "x \"y\"");
        upstream.boxes.remove("x \"y\"");
        watcher.register(session, personal());
        settle();
        assertThat(upstream.takeCommands())
                .containsExactly(
                        "LOGIN \"user\" \"pass\"",
                        "NAMESPACE",
                        LIST
                                + " RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ))");
        assertThat(session.take()).containsExactly("armed 2");
        assertThat(session.rows).allMatch(row -> row.status().highestModSeq() == 7);
        upstream.append("a");
        seconds(30);
        assertThat(upstream.takeCommands()).hasSize(1);
        assertThat(session.take()).containsExactly("a 1/1");
    }

    @Test
    void statusIsAskedForOneByOneWhereFewMailboxesAreOfInterest() {
        upstream.capabilities += " LIST-EXTENDED LIST-STATUS";
        boxes("INBOX", "a", "b", "c", "d");
        watcher.register(
                session, registration(new FilterMailboxes.Subtree(List.of(MailboxName.of("a"))), FakeSession.MESSAGES));
        settle();
        upstream.takeCommands();
        seconds(30);
        assertThat(upstream.takeCommands())
                .containsExactly(LIST + " RETURN (SUBSCRIBED CHILDREN)", "STATUS \"a\"" + ITEMS);
    }

    @Test
    void withoutExtensionsSubscriptionsAreListedOnlyWhenNeeded() {
        boxes("INBOX", "a", "b");
        upstream.box("a").subscribed = true;
        watcher.register(session, personal());
        settle();
        assertThat(upstream.takeCommands()).doesNotContain("LSUB \"\" \"*\"");
        watcher.register(session, registration(new FilterMailboxes.Subscribed(), FakeSession.MESSAGES));
        settle();
        assertThat(upstream.takeCommands()).containsExactly(LIST, "LSUB \"\" \"*\"");
        assertThat(session.names()).containsExactly("a");
    }

    @Test
    void refusedReturnOptionsAreNotUsedAgain() {
        upstream.capabilities += " LIST-EXTENDED LIST-STATUS";
        upstream.unknownCommands.add("RETURN");
        boxes("a");
        watcher.register(session, personal());
        settle();
        assertThat(session.take()).containsExactly("armed 1");
        assertThat(metrics).contains("no/list-status");
        upstream.takeCommands();
        seconds(30);
        assertThat(upstream.takeCommands()).containsExactly(LIST, "STATUS \"a\"" + ITEMS);
    }

    @Test
    void highestModSeqIsLeftOutWhenItIsNotUnderstood() {
        upstream.capabilities += " CONDSTORE";
        upstream.unknownCommands.add("HIGHESTMODSEQ");
        boxes("a", "b");
        watcher.register(session, named("a", "b"));
        settle();
        assertThat(session.take()).containsExactly("armed 2");
        assertThat(session.rows).allMatch(MailboxRow::hasStatus);
    }

    @Test
    void aRefusedStatusConcernsThatMailboxAlone() {
        boxes("a", "b");
        upstream.box("a").refused = true;
        watcher.register(session, personal());
        settle();
        assertThat(session.take()).containsExactly("armed 2");
        assertThat(session.rows).extracting(MailboxRow::hasStatus).containsExactly(false, true);
        upstream.box("a").refused = false;
        upstream.box("b").refused = true;
        seconds(30);
        assertThat(session.take()).containsExactly("ACCESS a", "a 0/0");
        seconds(30);
        assertThat(session.take()).as("confirmed by a second listing").containsExactly("ACCESS b");
    }

    /** Between LIST and STATUS of one round: it is gone, not refused. */
    @Test
    void aMailboxDeletedAfterItWasListedIsNotTakenForOneWithoutAccess() {
        boxes("a", "b");
        watcher.register(session, personal());
        settle();
        session.take();
        upstream.afterNextList = () -> upstream.boxes.remove("b");
        seconds(60);
        assertThat(session.take()).containsExactly("DELETED b");
    }

    @Test
    void aNamedMailboxThatIsDeletedIsGoneAndOneThatIsRefusedIsNot() {
        boxes("a", "b");
        watcher.register(session, named("a", "b"));
        settle();
        session.take();
        upstream.boxes.remove("a");
        upstream.box("b").refused = true;
        seconds(30);
        assertThat(session.take()).containsExactlyInAnyOrder("DELETED a", "ACCESS b");
        upstream.append("a");
        seconds(30);
        assertThat(session.take()).containsExactly("CREATED a");
    }

    @Test
    void namesThatCannotBeSelectedAreNeverAskedFor() {
        upstream.box("dir").attributes = "\\Noselect \\HasChildren";
        boxes("dir/a");
        watcher.register(session, personal());
        settle();
        assertThat(upstream.takeCommands())
                .contains("STATUS \"dir/a\"" + ITEMS)
                .doesNotContain("STATUS \"dir\"" + ITEMS);
        assertThat(session.names()).containsExactly("dir/a");
    }

    @Test
    void namedMailboxesAreWatchedWhenTheyComeToBe() {
        boxes("a");
        watcher.register(session, named("a", "later"));
        settle();
        assertThat(session.take()).containsExactly("armed 1");
        upstream.append("later");
        seconds(30);
        assertThat(session.take()).containsExactly("CREATED later");
        upstream.append("later");
        seconds(30);
        assertThat(session.take()).containsExactly("later 2/2");
    }

    @Test
    void namedMailboxesAreWatchedWhenAListShowsThem() {
        FakeSession other = new FakeSession();
        boxes("a");
        watcher.register(other, personal());
        watcher.register(session, named("later"));
        settle();
        assertThat(session.take()).containsExactly("armed 0");
        assertThat(upstream.takeCommands()).doesNotContain("STATUS \"later\"" + ITEMS);
        upstream.append("later");
        seconds(30);
        assertThat(session.take()).containsExactly("CREATED later");
        assertThat(other.take()).containsExactly("armed 1", "CREATED later");
    }

    @Test
    void personalMailboxesAreThoseOfThePersonalNamespace() {
        boxes("INBOX", "a", "Other", "Other/joe");
        watcher.register(session, personal());
        settle();
        assertThat(session.names()).containsExactly("INBOX", "a");
    }

    @Test
    void withoutNamespacesTheDelimiterIsAskedForAndAllIsPersonal() {
        upstream.capabilities = "IMAP4rev1";
        boxes("INBOX", "Other/joe");
        watcher.register(session, named("INBOX"));
        settle();
        assertThat(upstream.takeCommands()).startsWith("LOGIN \"user\" \"pass\"", "LIST \"\" \"\"");
        assertThat(session.rows).extracting(MailboxRow::delimiter).containsExactly('.');
    }

    @Test
    void aThousandMailboxesAreAskedForInWindows() {
        for (int i = 0; i < 1000; i++) {
            upstream.box("box" + i);
        }
        watcher.register(session, personal());
        settle();
        assertThat(session.take()).containsExactly("armed 1000");
        assertThat(upstream.writes.stream().filter(write -> write.contains("STATUS")))
                .hasSize(20)
                .allMatch(write -> write.split("\r\n").length == 50);
        upstream.append("box777");
        seconds(30);
        assertThat(session.take()).containsExactly("box777 1/1");
        assertThat(metrics.toString()).endsWith("round/1000 round/1000");
    }

    /** Once, because a rename is known by the numbers that a mailbox had under its old name. */
    @Test
    void mailboxesOfWhichOnlyNamesAreOfInterestAreAskedForOnce() {
        boxes("a", "b");
        watcher.register(session, registration(new FilterMailboxes.Personal(), Set.of(Event.MAILBOX_NAME)));
        settle();
        assertThat(session.take()).containsExactly("armed 2");
        assertThat(upstream.takeCommands())
                .filteredOn(command -> command.startsWith("STATUS"))
                .hasSize(2);
        seconds(90);
        assertThat(upstream.takeCommands())
                .contains("LIST \"\" \"*\"")
                .noneMatch(command -> command.startsWith("STATUS"));
    }
}
