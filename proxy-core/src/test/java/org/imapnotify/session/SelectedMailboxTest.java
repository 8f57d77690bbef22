package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.imapnotify.Requirement;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

@Requirement({"N-105", "N-108"})
class SelectedMailboxTest {
    private static final MailboxStatus TABLE = new MailboxStatus(9, 19, 1, 3, -1);

    private final SelectedMailbox mailbox = selected(10, 21);

    private static SelectedMailbox selected(long exists, long uidNext) {
        SelectedMailbox.Codes codes = new SelectedMailbox.Codes();
        codes.uidNext = uidNext;
        return new SelectedMailbox(MailboxName.INBOX, exists, codes);
    }

    @Test
    void existsCountsWhatIsNew() {
        assertThat(mailbox.onExists(12)).isEqualTo(2);
        assertThat(mailbox.onExists(12)).isZero();
        assertThat(mailbox.exists()).isEqualTo(12);
        assertThat(mailbox.shown(TABLE, TABLE)).isEqualTo(new MailboxStatus(12, 23, 1, -1, -1));
    }

    @Test
    void uidNextStaysUnknown() {
        SelectedMailbox unknown = selected(1, -1);
        unknown.onExists(5);
        assertThat(unknown.knowsUidNext()).isFalse();
    }

    @Test
    @Requirement("N-043")
    void whatIsUnseenIsTheTablesToSayUnlessSomethingHasMovedSince() {
        mailbox.onExpunge(1);
        mailbox.looked();
        assertThat(mailbox.shown(TABLE, TABLE).unseen()).isEqualTo(3);
        mailbox.moved();
        assertThat(mailbox.shown(TABLE, TABLE).unseen()).isEqualTo(-1);
    }

    @Test
    @Requirement({"N-043", "N-212"})
    void modSeqIsTheHighestShown() {
        mailbox.onModSeq(12);
        mailbox.onModSeq(11);
        assertThat(mailbox.shown(TABLE, TABLE).highestModSeq()).isEqualTo(12);
    }

    @Test
    void owedMessagesAreTheLastOnes() {
        mailbox.oweFetch(mailbox.onExists(13));
        assertThat(mailbox.owesFetch()).isTrue();
        assertThat(mailbox.takeUnfetched()).hasToString("11:13");
        assertThat(mailbox.owesFetch()).isFalse();
    }

    @Test
    void expungeOfOldMessageMovesWhatIsOwed() {
        mailbox.oweFetch(mailbox.onExists(12));
        mailbox.onExpunge(3);
        assertThat(mailbox.takeUnfetched()).hasToString("10:11");
    }

    @Test
    void expungeOfOwedMessageIsNotFetched() {
        mailbox.oweFetch(mailbox.onExists(12));
        mailbox.onExpunge(12);
        assertThat(mailbox.takeUnfetched()).hasToString("11");
        mailbox.oweFetch(mailbox.onExists(12));
        mailbox.onExpunge(12);
        assertThat(mailbox.owesFetch()).isFalse();
    }

    @Test
    void expungeBeyondTheLastMessageIsNothing() {
        mailbox.onExpunge(11);
        assertThat(mailbox.exists()).isEqualTo(10);
    }

    @Test
    void flagsAreOwedInRanges() {
        for (long number : new long[] {9, 1, 2, 3, 5, 7, 8}) {
            mailbox.oweFlags(number);
        }
        assertThat(mailbox.takeChangedFlags()).isEqualTo("1:3,5,7:9");
        assertThat(mailbox.owesFlags()).isFalse();
    }

    @Test
    void expungeMovesAndDropsOwedFlags() {
        mailbox.oweFlags(2);
        mailbox.oweFlags(4);
        mailbox.oweFlags(6);
        mailbox.onExpunge(4);
        assertThat(mailbox.takeChangedFlags()).isEqualTo("2,5");
    }

    @Test
    void aNewMessageIsOwedAndAnOldOneIsNot() {
        mailbox.oweFetch(mailbox.onExists(12));
        assertThat(mailbox.isOwed(12)).isTrue();
        assertThat(mailbox.isOwed(1)).isFalse();
    }

    @Test
    void vanishedForgetsNumbers() {
        mailbox.oweFetch(mailbox.onExists(12));
        mailbox.oweFlags(1);
        mailbox.onVanished(11);
        assertThat(mailbox.exists()).isEqualTo(1);
        assertThat(mailbox.takeUnfetched()).hasToString("1");
        assertThat(mailbox.owesFlags()).isFalse();
    }

    @Test
    void rangeHoldsItsEnds() {
        SelectedMailbox.Range range = new SelectedMailbox.Range(2, 4);
        assertThat(range.holds(1)).isFalse();
        assertThat(range.holds(2)).isTrue();
        assertThat(range.holds(4)).isTrue();
        assertThat(range.holds(5)).isFalse();
    }
}
