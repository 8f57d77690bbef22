package org.imapnotify.session.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How octets are written in a transcript: a line is its text and CRLF; what cannot be typed is a word in angle brackets. */
final class Notation {
    private static final Pattern WORD = Pattern.compile("<(CR|LF|NUL|\\$|x[0-9A-F]{2}|\\d+ x .)>");
    private static final String NO_END = "<no end>";

    private Notation() {}

    /** The octets of a whole line. */
    static String line(String text) {
        return text.endsWith(NO_END)
                ? octets(text.substring(0, text.length() - NO_END.length()))
                : octets(text) + "\r\n";
    }

    /** The octets of a part of a line. */
    static String octets(String text) {
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(octetsOf(word.group(1))));
    }

    private static String octetsOf(String word) {
        return switch (word) {
            case "CR" -> "\r";
            case "LF" -> "\n";
            case "NUL" -> "\0";
            case "$" -> "$";
            default ->
                word.startsWith("x") ? String.valueOf((char) Integer.parseInt(word.substring(1), 16)) : repeated(word);
        };
    }

    private static String repeated(String word) {
        int times = Integer.parseInt(word.substring(0, word.indexOf(' ')));
        return word.substring(word.length() - 1).repeat(times);
    }

    /** Octets as they are shown to people: long runs of one octet and what is not printable as words. */
    static String shown(String octets) {
        String text = octets.endsWith("\r\n") ? octets.substring(0, octets.length() - 2) : octets + NO_END;
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int run = i + 1;
            while (run < text.length() && text.charAt(run) == c) {
                run++;
            }
            if (run - i > 40) {
                shown.append('<').append(run - i).append(" x ").append(c).append('>');
                i = run;
            } else {
                shown.append(shown(c));
                i++;
            }
        }
        return shown.toString();
    }

    private static String shown(char c) {
        return switch (c) {
            case '\r' -> "<CR>";
            case '\n' -> "<LF>";
            case '\0' -> "<NUL>";
            default -> c < ' ' || c > '~' ? String.format("<x%02X>", (int) c) : String.valueOf(c);
        };
    }
}
