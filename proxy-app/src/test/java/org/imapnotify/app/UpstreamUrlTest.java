package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.UpstreamTls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {
    @ParameterizedTest
    @CsvSource({
        "imap://mail.example, imap://mail.example:143, PLAIN",
        "imap://mail.example/, imap://mail.example:143, PLAIN",
        "imap://mail.example:1143?tls=starttls, imap://mail.example:1143?tls=starttls, STARTTLS",
        "IMAPS://mail.example, imaps://mail.example:993, IMPLICIT",
        "imaps://[::1]:1993, imaps://[::1]:1993, IMPLICIT",
        "imap://[::1]/?tls=starttls, imap://[::1]:143?tls=starttls, STARTTLS"
    })
    void readsSchemeHostPortAndTls(String text, String normal, UpstreamTls tls) {
        assertThat(UpstreamUrl.parse(text)).hasToString(normal);
        assertThat(UpstreamUrl.parse(text).tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example:143",
                "http://mail.example",
                "imap://",
                "imap://user@mail.example",
                "imap://mail.example/INBOX",
                "imap://mail.example?tls=none",
                "imaps://mail.example?tls=starttls",
                "imap://mail.example:0",
                "imap://::1"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> UpstreamUrl.parse(text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("upstream: ")
                .hasMessageContaining("expected");
    }
}
