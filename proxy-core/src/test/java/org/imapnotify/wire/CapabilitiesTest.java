package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private static final String DOVECOT = "IMAP4rev1 SASL-IR LOGIN-REFERRALS Id idle LITERAL+ AUTH=PLAIN auth=login";

    @Test
    void keepsOrderAndOctets() {
        assertThat(Capabilities.of(DOVECOT).words()).isEqualTo(DOVECOT);
        assertThat(Capabilities.of(DOVECOT)).hasToString(DOVECOT);
        assertThat(Capabilities.of("X-\u00a5 IMAP4rev1").words()).isEqualTo("X-\u00a5 IMAP4rev1");
    }

    @Test
    void comparesWordsWithoutCaseAndWhole() {
        Capabilities some = Capabilities.of(DOVECOT);
        assertThat(some.has("IDLE")).isTrue();
        assertThat(some.has("imap4REV1")).isTrue();
        assertThat(some.has("LITERAL")).isFalse();
        assertThat(some.has("")).isFalse();
    }

    @Test
    void forgivesSpacesAndLineEnds() {
        assertThat(Capabilities.of(" IMAP4rev1   IDLE \r\n").words()).isEqualTo("IMAP4rev1 IDLE");
        assertThat(Capabilities.of("").isEmpty()).isTrue();
        assertThat(Capabilities.of(" ")).isEqualTo(Capabilities.none());
        assertThat(Capabilities.none().words()).isEmpty();
    }

    @Test
    void takesTheFirstOfARepeatedWord() {
        assertThat(Capabilities.of("Idle IDLE X idle").words()).isEqualTo("Idle X");
    }

    @Test
    void addsAtTheEndAndOnlyOnce() {
        Capabilities before = Capabilities.of("IMAP4rev1 IDLE");
        assertThat(before.with("NOTIFY").words()).isEqualTo("IMAP4rev1 IDLE NOTIFY");
        assertThat(before.with("idle").words()).isEqualTo("IMAP4rev1 IDLE");
        assertThat(before.words()).isEqualTo("IMAP4rev1 IDLE");
    }

    @Test
    void takesOutByWordAndByRule() {
        Capabilities before = Capabilities.of("IMAP4rev1 auth=SCRAM-SHA-1-plus AUTH=PLAIN Compress=Deflate");
        assertThat(before.without("COMPRESS=deflate").words()).isEqualTo("IMAP4rev1 auth=SCRAM-SHA-1-plus AUTH=PLAIN");
        assertThat(before.without(word -> word.startsWith("AUTH=") && word.endsWith("-PLUS"))
                        .words())
                .isEqualTo("IMAP4rev1 AUTH=PLAIN Compress=Deflate");
        assertThat(before.without("X")).isEqualTo(before);
    }
}
