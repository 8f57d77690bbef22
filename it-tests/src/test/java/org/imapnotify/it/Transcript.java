package org.imapnotify.it;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of a conversation, with the milliseconds since it began. */
final class Transcript {
    private static final int KEPT = 200;
    private static final int WIDTH = 300;

    private final long start = System.nanoTime();
    private final Deque<String> lines = new ArrayDeque<>();

    void sent(String octets) {
        add("C: " + octets.stripTrailing());
    }

    void received(String response) {
        add("S: " + response);
    }

    void note(String what) {
        add("-- " + what);
    }

    private synchronized void add(String line) {
        String cut = line.length() > WIDTH ? line.substring(0, WIDTH) + "... (" + line.length() + ")" : line;
        lines.add(String.format("%7d %s", (System.nanoTime() - start) / 1_000_000, cut));
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    synchronized AssertionError failure(String message) {
        return new AssertionError(message + "\n" + String.join("\n", lines));
    }
}
