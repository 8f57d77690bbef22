package org.imapnotify.wire;

import java.util.Locale;

/** Passes over one value of whatever kind, known or not, so that what the proxy does not understand does not stop it. */
final class AnyValue {
    private AnyValue() {}

    static void skip(ImapReader reader) {
        if (reader.peek() == '(') {
            reader.list(() -> skip(reader));
        } else if (reader.peek() == '"') {
            reader.quoted();
        } else if (reader.startsLiteral()) {
            reader.literal();
        } else {
            skipWord(reader);
        }
    }

    private static void skipWord(ImapReader reader) {
        int from = reader.position();
        for (int c = reader.peek(); isWordOctet(c); c = reader.peek()) {
            reader.skip((char) c);
            if (c == '[' && takesSection(reader.slice(from, reader.position()))) {
                skipSection(reader);
            }
        }
        if (reader.position() == from) {
            throw reader.expected("value");
        }
    }

    private static boolean isWordOctet(int c) {
        return c >= 0 && c != ' ' && c != '(' && c != ')';
    }

    /** Elsewhere "[" is an ordinary octet, in keywords for one. */
    private static boolean takesSection(String word) {
        String item = word.toUpperCase(Locale.ROOT);
        return item.startsWith("BODY") || item.startsWith("BINARY");
    }

    /** section = "[" [section-spec] "]"; the spec may hold a list of astrings. */
    private static void skipSection(ImapReader reader) {
        while (!reader.skip(']')) {
            if (reader.peek() == '(') {
                reader.list(reader::astring);
            } else if (!reader.skip(' ')) {
                reader.atom();
            }
        }
    }
}
