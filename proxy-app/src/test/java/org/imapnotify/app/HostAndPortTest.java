package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imapnotify.netty.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:143, 127.0.0.1, 143",
        "mail_server:1, mail_server, 1",
        "[::1]:993, ::1, 993",
        "*:0, *, 0",
        "host, host, 99",
        "[2001:db8::7], 2001:db8::7, 99"
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(HostAndPort.parse("listen", text, 99)).isEqualTo(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":143", "[]:143", "::1:143", "[::1", "[::1]143", "h:", "h:x", "h:65536", "h:-1", "h:1 "})
    void refusesWhatIsNeither(String text) {
        assertThatThrownBy(() -> HostAndPort.parse("listen", text, 99))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith(text.isEmpty() ? "listen: not given" : "listen: \"" + text + "\"");
    }

    @Test
    void thePortMayBeRequired() {
        assertThatThrownBy(() -> HostAndPort.parse("listen", "host", HostAndPort.NO_DEFAULT))
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void printsAddressesAsTheyAreWritten() {
        assertThat(HostAndPort.format(new HostAndPort("127.0.0.1", 143).resolve()))
                .isEqualTo("127.0.0.1:143");
        assertThat(HostAndPort.format(new HostAndPort("::1", 143).resolve())).isEqualTo("[0:0:0:0:0:0:0:1]:143");
        assertThat(new HostAndPort("::1", 143)).hasToString("[::1]:143");
    }

    @Test
    void aStarIsEveryAddress() {
        assertThat(new HostAndPort("*", 0).resolve().getAddress().isAnyLocalAddress())
                .isTrue();
    }
}
