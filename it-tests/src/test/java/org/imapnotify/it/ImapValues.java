package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values of a response, as the grammar nests them: an atom, a string or a literal is a String, a parenthesised list a
 * List. {@code BODY[HEADER.FIELDS (SUBJECT)]} is one atom.
 */
final class ImapValues {
    private final String text;
    private int at;

    private ImapValues(String text) {
        this.text = text;
    }

    static List<Object> of(String response) {
        ImapValues values = new ImapValues(response);
        List<Object> all = values.values();
        if (values.at < response.length()) {
            throw new AssertionError("unbalanced: " + response);
        }
        return all;
    }

    /** A value that must be a list. */
    static List<?> list(Object value) {
        return (List<?>) value;
    }

    /** A value that must be a string, folded as INBOX is. */
    static String mailbox(Object value) {
        String name = (String) value;
        return name.toUpperCase(Locale.ROOT).equals("INBOX") ? "INBOX" : name;
    }

    private List<Object> values() {
        List<Object> values = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != ')') {
            switch (text.charAt(at)) {
                case ' ' -> at++;
                case '(' -> values.add(list());
                case '"' -> values.add(quoted());
                case '{' -> values.add(literal());
                default -> values.add(atom());
            }
        }
        return values;
    }

    private List<Object> list() {
        at++;
        List<Object> values = values();
        at++;
        return values;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at));
        }
        at++;
        return value.toString();
    }

    private String literal() {
        int close = text.indexOf('}', at);
        int start = close + 3;
        int end = start + Integer.parseInt(text.substring(at + 1, close));
        at = end;
        return text.substring(start, end);
    }

    private String atom() {
        int start = at;
        boolean section = false;
        while (at < text.length() && (section || " ()".indexOf(text.charAt(at)) < 0)) {
            section = text.charAt(at) == '[' || (section && text.charAt(at) != ']');
            at++;
        }
        return text.substring(start, at);
    }
}
