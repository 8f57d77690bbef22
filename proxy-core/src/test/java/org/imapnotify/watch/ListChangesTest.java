package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.ALL;
import static org.imapnotify.watch.FakeSession.registration;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.imapnotify.Requirement;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.FilterMailboxes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListChangesTest extends WatcherTestBase {
    @BeforeEach
    void boxes() {
        List.of("INBOX", "a", "a/b", "c", "d", "e").forEach(upstream::box);
    }

    private void start(String extensions) {
        upstream.capabilities += extensions;
        watcher.register(session, registration(new FilterMailboxes.Personal(), ALL));
        settle();
        assertThat(session.take()).containsExactly("armed " + upstream.boxes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " LIST-EXTENDED LIST-STATUS"})
    void creationsAndDeletionsAreTold(String extensions) {
        start(extensions);
        upstream.boxes.remove("c");
        upstream.append("new");
        seconds(30);
        assertThat(session.take()).containsExactly("DELETED c", "CREATED new");
        upstream.append("new");
        seconds(30);
        assertThat(session.take()).containsExactly("new 2/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " LIST-EXTENDED LIST-STATUS"})
    @Requirement("N-144")
    void renamesAreInferredAndThoseOfChildrenMarked(String extensions) {
        start(extensions);
        upstream.rename("a", "z");
        seconds(30);
        assertThat(session.take()).containsExactly("RENAMED a z", "RENAMED_WITH_PARENT a/b z/b");
    }

    @Test
    void aMailboxBelowIsRenamedWithItsParentEvenWhenItChangedMeanwhile() {
        start("");
        upstream.rename("a", "z");
        upstream.append("z/b");
        seconds(30);
        assertThat(session.take()).containsExactly("RENAMED a z", "RENAMED_WITH_PARENT a/b z/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " LIST-EXTENDED LIST-STATUS"})
    @Requirement("N-144")
    void aMailboxThatGotAMessageMeanwhileIsKnownByItsUidValidity(String extensions) {
        start(extensions);
        upstream.rename("c", "z");
        upstream.append("z");
        seconds(30);
        assertThat(session.take()).startsWith("RENAMED c z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " LIST-EXTENDED LIST-STATUS"})
    @Requirement("N-144")
    void renamesAreToldToWhoWantsNamesAlone(String extensions) {
        upstream.capabilities += extensions;
        watcher.register(session, registration(new FilterMailboxes.Personal(), Set.of(Event.MAILBOX_NAME)));
        settle();
        session.take();
        upstream.box("new");
        seconds(30);
        assertThat(session.take()).containsExactly("CREATED new");
        upstream.append("new");
        upstream.rename("new", "newer");
        seconds(30);
        assertThat(session.take()).containsExactly("RENAMED new newer");
    }

    @Test
    void whatHasKeptItsNameBelowARenamedMailboxIsToldAnew() {
        start("");
        upstream.rename("a", "z");
        upstream.box("a/b");
        seconds(30);
        assertThat(session.take()).containsSubsequence("RENAMED a z", "CREATED a/b");
    }

    @Test
    void whatTakesAPlaceBelowARenamedMailboxIsNoRename() {
        start("");
        upstream.rename("a", "z");
        upstream.rename("c", "a/c");
        seconds(30);
        assertThat(session.take())
                .containsExactly("DELETED c", "RENAMED a z", "RENAMED_WITH_PARENT a/b z/b", "CREATED a/c");
    }

    /** The order in which a client is right in the end does not exist here: what it would have wrong is told anew. */
    @Test
    @Requirement("N-144")
    void renamesThatCrossEachOtherLeaveNothingWrong() {
        upstream.box("c/b").uidValidity = 77;
        start("");
        upstream.rename("a", "c/n");
        upstream.rename("c", "z");
        seconds(30);
        List<String> told = session.take();
        Set<String> names = new TreeSet<>(List.of("INBOX", "a", "a/b", "c", "c/b", "d", "e"));
        FakeSession.follow(names, told);
        assertThat(names).as(told.toString()).containsExactlyInAnyOrderElementsOf(upstream.boxes.keySet());
    }

    @Test
    void whatLeftARenamedMailboxBeforeIsToldFirst() {
        start("");
        upstream.rename("a/b", "y");
        upstream.rename("a", "z");
        seconds(30);
        assertThat(session.take()).containsExactly("RENAMED a/b y", "RENAMED a z");
    }

    @Test
    @Requirement("N-144")
    void whatCouldBeTwoRenamesIsNone() {
        upstream.box("c").uidValidity = 5;
        upstream.box("d").uidValidity = 5;
        start("");
        upstream.rename("c", "y");
        upstream.rename("d", "z");
        seconds(30);
        assertThat(session.take()).containsExactly("DELETED c", "DELETED d", "CREATED y", "CREATED z");
    }

    @Test
    void aRenamedInboxStaysAndItsMessagesAreAnotherMailbox() {
        upstream.append("INBOX");
        start("");
        upstream.box("old").messages = 1;
        upstream.box("INBOX").messages = 0;
        seconds(30);
        assertThat(session.take()).containsExactly("INBOX 0/1", "CREATED old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " LIST-EXTENDED LIST-STATUS"})
    void subscriptionsAreTold(String extensions) {
        start(extensions);
        upstream.box("c").subscribed = true;
        seconds(30);
        assertThat(session.take()).containsExactly("SUBSCRIBED c");
        upstream.box("c").subscribed = false;
        seconds(30);
        assertThat(session.take()).containsExactly("UNSUBSCRIBED c");
    }

    @Test
    void attributesAndSelectabilityAreTold() {
        start("");
        upstream.box("c").attributes = "\\HasChildren";
        upstream.box("d").attributes = "\\Noselect";
        upstream.box("e").attributes = "\\Marked";
        seconds(30);
        assertThat(session.take()).containsExactly("ATTRIBUTES c", "ACCESS d");
    }

    @Test
    @Requirement("N-153")
    void aListThatIsImplausiblySmallIsConfirmedFirst() {
        start("");
        upstream.takeCommands();
        List<String> gone = List.of("a", "a/b", "c", "d");
        gone.forEach(upstream.boxes::remove);
        seconds(30);
        assertThat(upstream.takeCommands())
                .filteredOn("LIST \"\" \"*\""::equals)
                .hasSize(2);
        assertThat(session.take()).containsExactly("DELETED a", "DELETED a/b", "DELETED c", "DELETED d");
    }

    @Test
    void aListThatWasIncompleteOnceDeletesNothing() {
        start("");
        upstream.hiddenFromNextList.addAll(List.of("a", "a/b", "c", "d", "e"));
        upstream.append("e");
        seconds(30);
        assertThat(session.take()).containsExactly("e 1/1");
    }
}
