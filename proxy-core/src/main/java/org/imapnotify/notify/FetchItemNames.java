package org.imapnotify.notify;

import java.util.List;

/**
 * Gives the items of one FETCH response the names the client asked for them by. Takes the lines of the response in
 * order, in whatever pieces, but none of the literals between them; gives back what to send in their place.
 *
 * <p>Inside the outer parentheses names and values alternate. A name ends at a space that is in no brackets; a value
 * at one that is in no inner list and no quoted string, and a literal's value ends its line.
 */
public final class FetchItemNames {
    private enum In {
        HEAD,
        NAME,
        VALUE
    }

    private final List<FetchAtt> asked;
    private final StringBuilder name = new StringBuilder();
    private In in = In.HEAD;
    private int brackets;
    private int lists;
    private boolean quoted;
    private boolean escaped;

    public FetchItemNames(List<FetchAtt> asked) {
        this.asked = List.copyOf(asked);
    }

    /** Whether responses to these need any renaming; most do not. */
    public static boolean needed(List<FetchAtt> asked) {
        return asked.stream().anyMatch(FetchAtt::isRenamed);
    }

    /** @param octets a line or a part of one; a name that it leaves unfinished comes with the next */
    public String rename(String octets) {
        StringBuilder out = new StringBuilder(octets.length() + 16);
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            switch (in) {
                case HEAD -> head(c, out);
                case NAME -> name(c, out);
                case VALUE -> value(c, out);
            }
        }
        return out.toString();
    }

    private void head(char c, StringBuilder out) {
        out.append(c);
        if (c == '(') {
            in = In.NAME;
        }
    }

    private void name(char c, StringBuilder out) {
        boolean inside = isQuoted(c) || brackets > 0;
        if (!inside && (c == ' ' || c == ')')) {
            out.append(FetchAtt.clientName(asked, name.toString()).orElse(name.toString()))
                    .append(c);
            name.setLength(0);
            in = c == ' ' ? In.VALUE : In.HEAD;
            return;
        }
        name.append(c);
        if (!quoted) {
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
    }

    private void value(char c, StringBuilder out) {
        out.append(c);
        if (isQuoted(c)) {
            return;
        }
        if (c == ' ' && lists == 0) {
            in = In.NAME;
        } else if (c == '(') {
            lists++;
        } else if (c == ')' && --lists < 0) {
            lists = 0;
            in = In.HEAD;
        }
    }

    /** Takes note of {@code c}: whether it is in a quoted string or one of its quotes. */
    private boolean isQuoted(char c) {
        if (!quoted) {
            quoted = c == '"';
            return quoted;
        }
        if (!escaped && c == '"') {
            quoted = false;
        }
        escaped = !escaped && c == '\\';
        return true;
    }
}
