package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=<ann@example.org>, method=PLAIN, rip=192.0.2.7, session=<ABC>",
                "user=<x\\x3e\\x2c\\x20rip\\x3d198.51.100.9>, method=LOGIN, rip=192.0.2.7, session=<ABC>",
                "user=<>, method=GSSAPI, rip=2001:db8::7, user name not readable, session=<ABC>"
            })
    void aFailedLoginIsALineThatFail2bansFilterForDovecotKnows(String said) throws Exception {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("imap-login");
        event.setLevel(Level.INFO);
        event.setTimeStamp(0);
        event.setMessage("Disconnected (auth failed, 1 attempts): " + said);
        String line = new LogLine().doLayout(event);
        assertThat(line).isEqualTo("1970-01-01T00:00:00.000Z imap-login: " + event.getMessage() + "\n");

        Path filter = Path.of("/etc/fail2ban/filter.d/dovecot.conf");
        assumeTrue(Files.exists(filter), "fail2ban is not installed");
        Process fail2ban = new ProcessBuilder("fail2ban-regex", line.strip(), filter.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(fail2ban.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("1 matched, 0 missed");
    }

    @Test
    void jsonHasTheSameAndEndsOnlyAtItsEnd() {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("org.imapnotify.app.ProxyProcess");
        event.setLevel(Level.INFO);
        event.setTimeStamp(0);
        event.setMessage("listening\n");
        event.setKeyValuePairs(List.of(
                new KeyValuePair("imap", "127.0.0.1:143\""),
                new KeyValuePair("seconds", 2),
                new KeyValuePair("notify", true)));
        assertThat(new JsonLogLine().doLayout(event))
                .isEqualTo(
                        "{\"@timestamp\":\"1970-01-01T00:00:00Z\",\"log.level\":\"INFO\","
                                + "\"log.logger\":\"org.imapnotify.app.ProxyProcess\",\"message\":\"listening\\u000a\","
                                + "\"imapnotify.imap\":\"127.0.0.1:143\\\"\",\"imapnotify.seconds\":2,\"imapnotify.notify\":true}\n");
    }

    @Test
    void aValueCannotForgeAnotherKeyOrLine() {
        assertThat(line("refused", new KeyValuePair("user", "a\" ip=1.2.3.4\r\n\u202ex")))
                .contains(" user=\"a\\\" ip=1.2.3.4\\u000d\\u000a\\u202ex\" (");
        assertThat(line("two\nlines\u2028three\u001b[31m")).contains("two\\u000alines\\u2028three\\u001b[31m");
    }
}
