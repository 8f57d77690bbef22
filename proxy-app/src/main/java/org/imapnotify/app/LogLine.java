package org.imapnotify.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.slf4j.event.KeyValuePair;

/**
 * {@code 2026-01-31T12:00:00.000Z INFO  listening imap=127.0.0.1:143 (ProxyProcess)}: UTC, level, message, keys. What a client
 * or an upstream had a say in cannot break out of its line or its value: such characters are escaped.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int MILLISECONDS = 3;
    private static final DateTimeFormatter UTC =
            new DateTimeFormatterBuilder().appendInstant(MILLISECONDS).toFormatter();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        UTC.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        if (event.getLoggerName().indexOf('.') < 0) {
            return program(event, line);
        }
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(level.length() < 5 ? "  " : " ");
        escape(event.getFormattedMessage(), line);
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> append(pair, line));
        }
        String logger = event.getLoggerName();
        line.append(" (")
                .append(logger, logger.lastIndexOf('.') + 1, logger.length())
                .append(")\n");
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    /** A logger without a package is a program's name, as in syslog: for readers that know that program's lines, as fail2ban. */
    private static String program(ILoggingEvent event, StringBuilder line) {
        line.append(' ').append(event.getLoggerName()).append(": ");
        escape(event.getFormattedMessage(), line);
        return line.append('\n').toString();
    }

    private static void append(KeyValuePair pair, StringBuilder line) {
        String value = String.valueOf(pair.value);
        boolean quote = value.isEmpty() || needsQuotes(value);
        line.append(' ').append(pair.key).append('=');
        line.append(quote ? "\"" : "");
        escape(quote ? value.replace("\\", "\\\\").replace("\"", "\\\"") : value, line);
        line.append(quote ? "\"" : "");
    }

    private static boolean needsQuotes(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) == '"') {
                return true;
            }
        }
        return false;
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) { // nearly all; the questions below take time
                line.append(c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || isLineBreak(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }

    private static boolean isLineBreak(char c) {
        int type = Character.getType(c);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
