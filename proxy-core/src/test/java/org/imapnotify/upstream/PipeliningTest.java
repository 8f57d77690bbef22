package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipeliningTest {
    private final Pipelining.Verdict verdict = Pipelining.Verdict.open();
    private final Pipelining account = new Pipelining(verdict);

    @Test
    void aPartThatIsAnsweredAndThenSilenceIsEnough() {
        account.unanswered(5, true);
        assertThat(account.isBroken()).isTrue();
    }

    @Test
    void anUpstreamThatHasAnsweredAsManyBeforeMayHang() {
        account.answered(5);
        account.unanswered(5, true);
        assertThat(account.isBroken()).isFalse();
        account.unanswered(5, true);
        assertThat(account.isBroken()).isTrue();
    }

    @Test
    void aConnectionThatEndsOnceMayBeARestart() {
        account.unanswered(5, false);
        account.answered(5);
        account.unanswered(5, false);
        assertThat(account.isBroken()).isFalse();
        account.unanswered(5, false);
        assertThat(account.isBroken()).isTrue();
    }

    @Test
    void fewerCommandsThanWereLostProveNothing() {
        account.unanswered(50, false);
        account.answered(2);
        account.unanswered(50, false);
        assertThat(account.isBroken()).isTrue();
    }

    @Test
    void accountsCountForThemselvesAndKnowTogether() {
        Pipelining other = new Pipelining(verdict);
        account.unanswered(5, false);
        other.unanswered(5, false);
        assertThat(other.isBroken()).isFalse();
        account.unanswered(5, false);
        assertThat(other.isBroken()).isTrue();
    }
}
