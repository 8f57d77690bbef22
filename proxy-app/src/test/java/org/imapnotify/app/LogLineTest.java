package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
    private static String line(String message, KeyValuePair... pairs) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("org.imapnotify.app.ProxyProcess");
        event.setLevel(Level.INFO);
        event.setTimeStamp(0);
        event.setMessage(message);
        event.setKeyValuePairs(List.of(pairs));
        return new LogLine().doLayout(event);
    }

    @Test
    void isOneLineInUtcWithKeysBehindTheMessage() {
        assertThat(line("listening", new KeyValuePair("imap", "127.0.0.1:143"), new KeyValuePair("n", 2)))
                .isEqualTo("1970-01-01T00:00:00.000Z INFO  listening imap=127.0.0.1:143 n=2 (ProxyProcess)\n");
    }

    @Test
    void aValueCannotForgeAnotherKeyOrLine() {
        assertThat(line("refused", new KeyValuePair("user", "a\" ip=1.2.3.4\r\n\u202ex")))
                .contains(" user=\"a\\\" ip=1.2.3.4\\u000d\\u000a\\u202ex\" (");
        assertThat(line("two\nlines\u2028three\u001b[31m")).contains("two\\u000alines\\u2028three\\u001b[31m");
    }
}
