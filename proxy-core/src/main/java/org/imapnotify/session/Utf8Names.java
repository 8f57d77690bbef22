package org.imapnotify.session;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.wire.MailboxName;

/**
 * Mailbox names of commands for an upstream with which the client has enabled UTF8=ACCEPT (RFC 6855): the watcher knows names in
 * modified UTF-7 alone, and writes them as quoted strings.
 */
final class Utf8Names {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,5})\\+?}\r\n");

    private Utf8Names() {}

    /** @param commands one or more, whole or up to where the upstream is waited for */
    static byte[] in(byte[] commands) {
        String text = new String(commands, StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Matcher literal = LITERAL.matcher(text); from < text.length() && literal.find(from); ) {
            int to = Math.min(text.length(), literal.end() + Integer.parseInt(literal.group(1)));
            out.append(written(text.substring(from, literal.start())));
            out.append(text, literal.start(), to); // a name that is no modified UTF-7 at all
            from = to;
        }
        return out.append(written(text.substring(from))).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String written(String text) {
        Matcher quoted = QUOTED.matcher(text);
        return quoted.replaceAll(found -> Matcher.quoteReplacement("\"" + utf8(found.group(1)) + "\""));
    }

    private static String utf8(String quoted) {
        String name = quoted.replaceAll("\\\\(.)", "$1");
        return escaped(MailboxName.of(name).utf8Octets());
    }

    private static String escaped(String octets) {
        return octets.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
