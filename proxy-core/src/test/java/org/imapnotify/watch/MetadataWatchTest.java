package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.imapnotify.Requirement;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.notify.Registration;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The base's metadata interval is five minutes. */
class MetadataWatchTest extends WatcherTestBase {
    private static final String SERVER_ENTRIES =
            " (/private /shared /private/comment /shared/comment /shared/admin /private/vendor /shared/vendor)";

    @BeforeEach
    void annotated() {
        upstream.capabilities = "IMAP4rev1 NAMESPACE METADATA";
        upstream.box("INBOX").entries.put("/shared/comment", "\"old\"");
        upstream.box("a");
        upstream.entries.put("/shared/comment", "\"hello\"");
    }

    private static Registration metadata(FilterMailboxes filter) {
        return registration(filter, Set.of(Event.MAILBOX_METADATA_CHANGE, Event.SERVER_METADATA_CHANGE));
    }

    private void watching() {
        watcher.register(session, metadata(new FilterMailboxes.Personal()));
        settle();
    }

    private static String get(String mailbox) {
        return "GETMETADATA (DEPTH infinity MAXSIZE 8192) \"" + mailbox + "\""
                + (mailbox.isEmpty() ? SERVER_ENTRIES : " (/private /shared)");
    }

    private static MailboxName name(String octets) {
        return MailboxName.of(octets);
    }

    @Test
    @Requirement("N-161")
    void theFirstValuesAreAskedForBeforeTheAnswerAndNotTold() {
        watching();
        assertThat(upstream.takeCommands()).contains(get(""), get("INBOX"), get("a"));
        assertThat(session.take()).containsExactly("armed 2");
    }

    @Test
    @Requirement("N-160")
    void changedAddedAndRemovedEntriesAreToldInTheNextSlowRound() {
        upstream.box("INBOX").entries.put("/private/comment", "\"stays\"");
        upstream.box("a").entries.put("/private/comment", "\"x\"");
        watching();
        session.take();
        upstream.takeCommands();
        upstream.box("INBOX").entries.put("/shared/comment", "{3}\r\nnew");
        upstream.box("INBOX").entries.put("/private/vendor/x", "\"1\"");
        upstream.box("a").entries.clear();
        upstream.entries.put("/shared/comment", "NIL");
        seconds(299);
        assertThat(upstream.takeCommands()).noneMatch(command -> command.startsWith("GETMETADATA"));
        assertThat(session.take()).isEmpty();
        seconds(2);
        assertThat(session.take())
                .containsExactlyInAnyOrder(
                        "METADATA INBOX [/shared/comment, /private/vendor/x]",
                        "METADATA a [/private/comment]",
                        "METADATA  [/shared/comment]");
        seconds(600);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void aHintIsLookedAtAtOnce() {
        watching();
        session.take();
        upstream.takeCommands();
        upstream.box("a").entries.put("/private/comment", "\"mine\"");
        watcher.hintMetadata(name("a"));
        settle();
        assertThat(upstream.takeCommands()).containsExactly(get("a"));
        assertThat(session.take()).containsExactly("METADATA a [/private/comment]");
    }

    @Test
    void hintsWhileAQuestionIsOpenMakeOneMore() {
        watching();
        session.take();
        upstream.takeCommands();
        upstream.holding = true;
        for (int i = 0; i < 10; i++) {
            watcher.hintMetadata(name("a"));
        }
        upstream.holding = false;
        settle();
        assertThat(upstream.takeCommands()).containsExactly(get("a"), get("a"));
    }

    @Test
    void whatACreatedMailboxHasIsNews() {
        watching();
        session.take();
        upstream.box("new").entries.put("/shared/vendor/kolab/folder-type", "\"event\"");
        upstream.box("new").entries.put("/shared/vendor/cmu/cyrus-imapd/uniqueid", "\"u1\"");
        watcher.hintNames();
        settle();
        assertThat(session.take()).containsExactly("CREATED new", "METADATA new [/shared/vendor/kolab/folder-type]");
    }

    @Test
    void whatTheServerComputesIsNoNews() {
        upstream.box("INBOX").entries.put("/shared/vendor/cmu/cyrus-imapd/lastupdate", "\"1\"");
        watching();
        session.take();
        upstream.box("INBOX").entries.put("/shared/vendor/cmu/cyrus-imapd/lastupdate", "\"2\"");
        seconds(301);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void onlyThoseWhoAskedAreTold() {
        FakeSession named = new FakeSession();
        FakeSession others = new FakeSession();
        watching();
        watcher.register(
                named,
                registration(new FilterMailboxes.Mailboxes(List.of(name("a"))), Set.of(Event.MAILBOX_METADATA_CHANGE)));
        watcher.register(others, FakeSession.personal());
        settle();
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        upstream.box("INBOX").entries.clear();
        upstream.entries.clear();
        seconds(301);
        assertThat(named.take())
                .contains("METADATA a [/private/comment]")
                .noneMatch(line -> line.matches("METADATA (INBOX)? .*"));
        assertThat(others.take()).containsExactly("armed 2");
        assertThat(session.take().stream().filter(line -> line.startsWith("METADATA")))
                .hasSize(3);
    }

    @Test
    void aNewRegistrationInThePlaceOfTheOldLosesNothing() {
        watching();
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        watching();
        session.take();
        seconds(301);
        assertThat(session.take()).containsExactly("METADATA a [/private/comment]");
    }

    @Test
    void whenNobodyWantsItAnyMoreItIsForgotten() {
        FakeSession stays = new FakeSession();
        watcher.register(stays, FakeSession.personal());
        watching();
        watcher.leave(session);
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        seconds(700);
        watching();
        session.take();
        seconds(301);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void aFaultDelaysNewsAndLosesNone() {
        watching();
        session.take();
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        upstream.connections.get(0).breaks();
        seconds(60);
        assertThat(session.take()).containsExactly("METADATA a [/private/comment]");
    }

    @Test
    void aRenamedMailboxTakesItsEntriesAlong() {
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        watching();
        session.take();
        upstream.rename("a", "b");
        upstream.box("b").entries.put("/private/comment", "\"2\"");
        watcher.hintNames();
        settle();
        seconds(301);
        assertThat(session.take())
                .contains("METADATA b [/private/comment]")
                .noneMatch(line -> line.contains("METADATA a"));
    }

    @Test
    void optionsGoWhereTheUpstreamWantsThem() {
        upstream.unknownCommands.add("GETMETADATA (DEPTH");
        watching();
        assertThat(session.take()).containsExactly("armed 2");
        assertThat(upstream.takeCommands())
                .contains("GETMETADATA \"a\" (DEPTH infinity MAXSIZE 8192) (/private /shared)");
    }

    @Test
    void withoutOptionsWhatTheRfcNamesIsAskedFor() {
        upstream.unknownCommands.add("DEPTH");
        watching();
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        seconds(301);
        assertThat(session.take()).containsExactly("armed 2", "METADATA a [/private/comment]");
    }

    @Test
    void anUpstreamThatDoesNotHaveItAfterAllLosesThoseWhoAskedForIt() {
        FakeSession others = new FakeSession();
        upstream.unknownCommands.add("GETMETADATA");
        watcher.register(others, FakeSession.personal());
        watching();
        assertThat(session.take()).containsExactly("lost the upstream does not show its annotations");
        assertThat(others.take()).containsExactly("armed 2");
        watching();
        assertThat(session.take()).containsExactly("lost the upstream does not show its annotations");
    }

    @Test
    void aMailboxThatMayNotBeReadDoesNotStopTheOthers() {
        upstream.box("a");
        watcher.register(
                session,
                registration(
                        new FilterMailboxes.Mailboxes(List.of(name("missing"), name("a"))),
                        Set.of(Event.MAILBOX_METADATA_CHANGE)));
        settle();
        upstream.box("a").entries.put("/private/comment", "\"1\"");
        seconds(301);
        assertThat(session.take()).containsExactly("armed 1", "METADATA a [/private/comment]");
    }

    @Test
    void manyMailboxesAreAskedForAFewAtATime() {
        for (int i = 0; i < 100; i++) {
            upstream.box("m" + i);
        }
        watching();
        assertThat(session.take()).containsExactly("armed 102");
        Map<Boolean, List<String>> writes =
                upstream.writes.stream().collect(Collectors.partitioningBy(write -> write.contains("GETMETADATA")));
        assertThat(writes.get(true)).allMatch(write -> write.split("\r\n", 0).length <= 20);
    }
}
