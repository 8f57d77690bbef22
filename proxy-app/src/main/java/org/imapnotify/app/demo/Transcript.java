package org.imapnotify.app.demo;

import java.io.PrintWriter;
import java.util.Objects;

/** Prints a conversation as RFCs do, {@code C:} and {@code S:}, with comments between; in colour on a terminal. */
public final class Transcript {
    private final PrintWriter out;
    private final boolean colour;

    public Transcript(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Whether colour is wanted here: a terminal, as the launcher found it to be, and no NO_COLOR (no-color.org). */
    public static boolean terminal() {
        return Boolean.getBoolean("imapnotify.terminal")
                && Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
    }

    void title(String text) {
        print(Style.BOLD, text);
    }

    void comment(String text) {
        out.println();
        print(Style.DIM, "-- " + text);
    }

    void client(String line) {
        print(Style.CYAN, "C: " + line);
    }

    void server(String line) {
        print(Style.PLAIN, "S: " + line);
    }

    /** A line that nobody asked for at that moment: what the demo is about. */
    void notification(String line) {
        print(Style.GREEN, "S: " + line);
    }

    void summary(String line) {
        print(Style.PLAIN, line);
    }

    void blank() {
        out.println();
    }

    private void print(Style style, String text) {
        out.println(colour && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text);
    }

    private enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        CYAN("36"),
        GREEN("1;32");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }
}
