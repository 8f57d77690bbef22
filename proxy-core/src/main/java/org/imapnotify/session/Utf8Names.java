package org.imapnotify.session;

import java.nio.charset.StandardCharsets;
import org.imapnotify.wire.MailboxName;

/**
 * Mailbox names of commands for an upstream with which the client has enabled UTF8=ACCEPT (RFC 6855): the watcher knows names in
 * modified UTF-7 alone, and writes them as quoted strings. Names may be as long as a client makes them: octet by octet, no regular
 * expression.
 */
final class Utf8Names {
    private final String text;
    private final StringBuilder out;
    private int position;

    private Utf8Names(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    /** @param commands one or more, whole or up to where the upstream is waited for */
    static byte[] in(byte[] commands) {
        Utf8Names names = new Utf8Names(new String(commands, StandardCharsets.ISO_8859_1));
        names.write();
        return names.out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write() {
        while (position < text.length()) {
            char octet = text.charAt(position++);
            out.append(octet);
            if (octet == '"') {
                quoted();
            } else if (octet == '{') {
                literal();
            }
        }
    }

    private void quoted() {
        StringBuilder name = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        out.append(escaped(MailboxName.of(name.toString()).utf8Octets()));
        if (position < text.length()) {
            out.append(text.charAt(position++));
        }
    }

    private static String escaped(String octets) {
        return octets.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A name that is no modified UTF-7 at all stays as it is. */
    private void literal() {
        int end = text.indexOf("}\r\n", position);
        if (end < 0) {
            return;
        }
        String length = text.substring(position, text.charAt(end - 1) == '+' ? end - 1 : end);
        if (length.isEmpty() || length.length() > 5 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return;
        }
        int from = end + "}\r\n".length();
        int to = Math.min(text.length(), from + Integer.parseInt(length));
        out.append(text, position, to);
        position = to;
    }
}
