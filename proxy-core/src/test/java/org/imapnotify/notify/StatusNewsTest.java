package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.notify.Notify.NEW_AND_EXPUNGE;
import static org.imapnotify.notify.Notify.WITH_FLAGS;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.imapnotify.Requirement;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class StatusNewsTest {
    private static final MailboxStatus TOLD = new MailboxStatus(10, 21, 7, 3, 100);

    private static String news(MailboxStatus told, MailboxStatus now, Set<Event> events, boolean condstore) {
        return StatusNews.between(told, now, events, condstore)
                .map(StatusNewsTest::items)
                .orElse("nothing");
    }

    private static String initial(MailboxStatus now, Set<Event> events, boolean condstore) {
        return StatusNews.initial(now, events, condstore)
                .map(StatusNewsTest::items)
                .orElse("nothing");
    }

    private static String items(StatusNews news) {
        String line = new String(StatusResponse.of(MailboxName.of("x"), news, false), StandardCharsets.ISO_8859_1);
        return line.substring("* STATUS x (".length(), line.length() - ")\r\n".length());
    }

    @Test
    @Requirement("N-120")
    void tellsOfNewMessages() {
        MailboxStatus now = new MailboxStatus(11, 22, 7, 3, 101);
        assertThat(news(TOLD, now, NEW_AND_EXPUNGE, false)).isEqualTo("MESSAGES 11 UIDNEXT 22");
    }

    @Test
    @Requirement("N-121")
    void tellsOfExpungedMessages() {
        MailboxStatus now = new MailboxStatus(9, 21, 7, 3, 101);
        assertThat(news(TOLD, now, NEW_AND_EXPUNGE, false)).isEqualTo("MESSAGES 9 UIDNEXT 21");
    }

    @Test
    @Requirement({"N-120", "N-055"})
    void tellsHowManyAreUnseenWhenThatChanged() {
        MailboxStatus now = new MailboxStatus(11, 22, 7, 4, 101);
        assertThat(news(TOLD, now, NEW_AND_EXPUNGE, false)).isEqualTo("MESSAGES 11 UIDNEXT 22 UNSEEN 4");
    }

    @Test
    @Requirement("N-122")
    void addsHighestModSeqWhenCondstoreIsEnabled() {
        assertThat(news(TOLD, new MailboxStatus(11, 22, 7, 4, 101), NEW_AND_EXPUNGE, true))
                .isEqualTo("MESSAGES 11 UIDNEXT 22 UNSEEN 4 HIGHESTMODSEQ 101");
        assertThat(news(TOLD, new MailboxStatus(9, 21, 7, 3, 101), NEW_AND_EXPUNGE, true))
                .isEqualTo("MESSAGES 9 UIDNEXT 21 HIGHESTMODSEQ 101");
    }

    @Test
    @Requirement("N-130")
    void seesAMessageThatCameWhileAnotherWent() {
        MailboxStatus now = new MailboxStatus(10, 22, 7, 3, 102);
        assertThat(news(TOLD, now, NEW_AND_EXPUNGE, false)).isEqualTo("MESSAGES 10 UIDNEXT 22");
    }

    @Test
    @Requirement("N-128")
    void makesOneStatusOfManyChanges() {
        MailboxStatus now = new MailboxStatus(15, 40, 7, 1, 180);
        assertThat(news(TOLD, now, WITH_FLAGS, true)).isEqualTo("MESSAGES 15 UIDNEXT 40 UNSEEN 1 HIGHESTMODSEQ 180");
    }

    @Test
    @Requirement("N-123")
    void tellsOfFlagsByHighestModSeqWhenCondstoreIsEnabled() {
        assertThat(news(TOLD, new MailboxStatus(10, 21, 7, 3, 101), WITH_FLAGS, true))
                .isEqualTo("UIDVALIDITY 7 HIGHESTMODSEQ 101");
        assertThat(news(TOLD, new MailboxStatus(10, 21, 7, 2, 101), WITH_FLAGS, true))
                .isEqualTo("UIDVALIDITY 7 UNSEEN 2 HIGHESTMODSEQ 101");
    }

    @Test
    @Requirement("N-124")
    void tellsOfFlagsByUnseenOtherwise() {
        assertThat(news(TOLD, new MailboxStatus(10, 21, 7, 2, 101), WITH_FLAGS, false))
                .isEqualTo("UNSEEN 2");
        assertThat(news(TOLD, new MailboxStatus(10, 21, 7, 3, 101), WITH_FLAGS, false))
                .isEqualTo("nothing");
    }

    @Test
    @Requirement("N-125")
    void tellsOfAChangedUidValidity() {
        MailboxStatus now = new MailboxStatus(10, 5, 8, 3, 40);
        assertThat(news(TOLD, now, WITH_FLAGS, false)).isEqualTo("MESSAGES 10 UIDNEXT 5 UIDVALIDITY 8");
        assertThat(news(TOLD, now, WITH_FLAGS, true)).isEqualTo("MESSAGES 10 UIDNEXT 5 UIDVALIDITY 8 HIGHESTMODSEQ 40");
    }

    @Test
    @Requirement("N-126")
    void keepsFlagsToItselfWhenNotAsked() {
        MailboxStatus now = new MailboxStatus(10, 21, 7, 0, 150);
        assertThat(news(TOLD, now, NEW_AND_EXPUNGE, true)).isEqualTo("nothing");
        assertThat(news(TOLD, now, Set.of(Event.MAILBOX_NAME), true)).isEqualTo("nothing");
    }

    @Test
    @Requirement("N-129")
    void isSilentWhenNothingChanged() {
        assertThat(news(TOLD, TOLD, WITH_FLAGS, true)).isEqualTo("nothing");
    }

    @Test
    @Requirement("N-213")
    void leavesOutModSeqOfMailboxesWithoutThem() {
        MailboxStatus told = new MailboxStatus(10, 21, 7, 3, 0);
        assertThat(news(told, new MailboxStatus(10, 21, 7, 2, 0), WITH_FLAGS, true))
                .isEqualTo("UNSEEN 2");
        assertThat(news(told, new MailboxStatus(11, 22, 7, 3, -1), WITH_FLAGS, true))
                .isEqualTo("MESSAGES 11 UIDNEXT 22");
    }

    @Test
    @Requirement({"N-128", "N-212"})
    void neverGoesBackwards() {
        MailboxStatus late = new MailboxStatus(9, 20, 7, 3, 99);
        assertThat(news(TOLD, late, WITH_FLAGS, true)).isEqualTo("MESSAGES 9 UIDNEXT 21 HIGHESTMODSEQ 100");
        assertThat(news(TOLD, new MailboxStatus(10, 20, 7, 3, 99), WITH_FLAGS, true))
                .isEqualTo("nothing");
    }

    @Test
    @Requirement("N-266")
    void tellsOfAMailboxThatCameLaterUnlessItIsEmpty() {
        assertThat(news(MailboxStatus.UNKNOWN, new MailboxStatus(2, 3, 9, 1, 5), NEW_AND_EXPUNGE, false))
                .isEqualTo("MESSAGES 2 UIDNEXT 3 UIDVALIDITY 9 UNSEEN 1");
        MailboxStatus empty = new MailboxStatus(0, 1, 9, 0, 1);
        assertThat(news(MailboxStatus.UNKNOWN, empty, WITH_FLAGS, true)).isEqualTo("nothing");
        assertThat(news(MailboxStatus.UNKNOWN.filledFrom(empty), new MailboxStatus(0, 2, 9, 0, 3), WITH_FLAGS, false))
                .isEqualTo("MESSAGES 0 UIDNEXT 2");
    }

    @Test
    void tellsNothingOfWhatIsNotKnown() {
        assertThat(news(TOLD, MailboxStatus.UNKNOWN, WITH_FLAGS, true)).isEqualTo("nothing");
        assertThat(news(TOLD, new MailboxStatus(11, -1, -1, -1, -1), WITH_FLAGS, true))
                .isEqualTo("MESSAGES 11 UIDNEXT 21");
    }

    @Test
    @Requirement({"N-050", "N-051"})
    void beginsWithWhatTheEventsNeed() {
        assertThat(initial(TOLD, NEW_AND_EXPUNGE, false)).isEqualTo("MESSAGES 10 UIDNEXT 21 UIDVALIDITY 7 UNSEEN 3");
        assertThat(initial(TOLD, NEW_AND_EXPUNGE, true)).isEqualTo("MESSAGES 10 UIDNEXT 21 UIDVALIDITY 7 UNSEEN 3");
        assertThat(initial(TOLD, WITH_FLAGS, true))
                .isEqualTo("MESSAGES 10 UIDNEXT 21 UIDVALIDITY 7 UNSEEN 3 HIGHESTMODSEQ 100");
    }

    @Test
    @Requirement("N-053")
    void beginsWithNothingForMailboxEvents() {
        assertThat(initial(TOLD, Set.of(Event.MAILBOX_NAME, Event.SUBSCRIPTION_CHANGE), true))
                .isEqualTo("nothing");
        assertThat(initial(TOLD, Set.of(), true)).isEqualTo("nothing");
    }

    @Test
    @Requirement("N-056")
    void beginsWithoutHighestModSeqWhereUpstreamHasNone() {
        assertThat(initial(TOLD, WITH_FLAGS, false)).doesNotContain("HIGHESTMODSEQ");
        assertThat(initial(new MailboxStatus(10, 21, 7, 3, -1), WITH_FLAGS, true))
                .doesNotContain("HIGHESTMODSEQ");
    }

    @Test
    @Requirement("N-057")
    void beginsWithNothingWhereStatusFailed() {
        assertThat(initial(MailboxStatus.UNKNOWN, WITH_FLAGS, true)).isEqualTo("nothing");
    }

    @Test
    void remembersWhatWasToldAndNothingElse() {
        MailboxStatus now = new MailboxStatus(11, 22, 7, 3, 101);
        StatusNews withoutModSeq =
                StatusNews.between(TOLD, now, NEW_AND_EXPUNGE, false).orElseThrow();
        assertThat(withoutModSeq.after(TOLD)).isEqualTo(new MailboxStatus(11, 22, 7, 3, 100));
        MailboxStatus reborn = new MailboxStatus(1, 2, 8, 1, 4);
        assertThat(StatusNews.between(TOLD, reborn, NEW_AND_EXPUNGE, false)
                        .orElseThrow()
                        .after(TOLD))
                .isEqualTo(reborn);
    }
}
