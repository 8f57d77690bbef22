package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.imapnotify.Requirement;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.session.OwnAdditions.Addition;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

@Requirement({"N-047", "N-049"})
class OwnAdditionsTest {
    private static final MailboxName WORK = MailboxName.of("Work");
    private static final MailboxStatus TOLD = status(3, 4, 1, 10);

    private final OwnAdditions additions = new OwnAdditions();

    private static MailboxStatus status(long messages, long uidNext, long unseen, long modSeq) {
        return new MailboxStatus(messages, uidNext, 1, unseen, modSeq);
    }

    @Test
    void whatTheClientAddedIsKnownToIt() {
        additions.add(WORK, new Addition(1, 5, 1, 1));
        additions.add(WORK, new Addition(2, 7, 0, 1));
        MailboxStatus now = status(6, 7, 2, 12);
        assertThat(additions.explain(WORK, TOLD, now)).isEqualTo(now);
    }

    @Test
    void oneAfterTheOther() {
        additions.add(WORK, new Addition(1, 5, 1, 1));
        additions.add(WORK, new Addition(1, 6, 1, 1));
        MailboxStatus first = status(4, 5, 2, 11);
        assertThat(additions.explain(WORK, TOLD, first)).isEqualTo(first);
        MailboxStatus second = status(5, 6, 3, 12);
        assertThat(additions.explain(WORK, first, second)).isEqualTo(second);
    }

    @Test
    void whatItExplainedOnceItDoesNotExplainAgain() {
        additions.add(WORK, new Addition(1, -1, 1, 1));
        MailboxStatus first = status(4, 5, 2, 11);
        additions.explain(WORK, TOLD, first);
        assertThat(additions.explain(WORK, first, status(5, 6, 3, 12))).isEqualTo(first);
    }

    @Test
    void oneMessageMoreIsToldWhole() {
        additions.add(WORK, new Addition(1, 5, 1, 1));
        assertThat(additions.explain(WORK, TOLD, status(5, 6, 3, 12))).isEqualTo(TOLD);
        assertThat(additions.explain(WORK, status(5, 6, 3, 12), status(6, 7, 4, 13)))
                .isEqualTo(status(5, 6, 3, 12));
    }

    @Test
    void anotherMessageInThePlaceOfTheOwnOneIsTold() {
        additions.add(WORK, new Addition(1, 6, 1, 1));
        assertThat(additions.explain(WORK, TOLD, status(4, 5, 2, 11))).isEqualTo(TOLD);
    }

    @Test
    void flagsAndModSeqOfOthersAreLeftToTell() {
        additions.add(WORK, new Addition(1, 5, 0, 1));
        assertThat(additions.explain(WORK, TOLD, status(4, 5, 0, 12))).isEqualTo(status(4, 5, 1, 10));
    }

    @Test
    void unseenOfCopiesIsNotKnown() {
        additions.add(WORK, new Addition(2, 6, -1, 1));
        assertThat(additions.explain(WORK, TOLD, status(5, 6, 2, 11))).isEqualTo(status(5, 6, 1, 11));
    }

    @Test
    void whatTheClientHasReadExplainsNothing() {
        additions.add(WORK, new Addition(1, 5, 1, 1));
        additions.settled(WORK, status(4, 5, 2, 11));
        assertThat(additions.explain(WORK, status(4, 5, 2, 11), status(5, 6, 3, 12)))
                .isEqualTo(status(4, 5, 2, 11));
    }

    @Test
    void anotherGenerationIsNotExplained() {
        additions.add(WORK, new Addition(1, 5, 1, 1));
        MailboxStatus recreated = new MailboxStatus(4, 5, 2, 2, 11);
        assertThat(additions.explain(WORK, TOLD, recreated)).isEqualTo(TOLD);
    }
}
