package org.imapnotify.it;

import java.util.Comparator;
import java.util.List;

/** How two lists of answers to the same batch of commands are compared. */
final class Answers {
    private Answers() {}

    /**
     * Dovecot completes pipelined FETCH, STORE, SEARCH and NOOP together with whichever of them it has read by then, reports flags
     * then, and works on what is behind an APPEND while it saves; so where tagged responses, FETCH, EXISTS and RECENT stand among
     * the others depends on time. All else has to be in order.
     */
    static boolean areSame(List<String> expected, List<String> actual) {
        return inOrder(expected).equals(inOrder(actual)) && sorted(expected).equals(sorted(actual));
    }

    private static List<String> inOrder(List<String> responses) {
        return responses.stream()
                .filter(response -> response.startsWith("*") || response.startsWith("+"))
                .filter(response -> !response.matches("(?s)\\* \\d+ (FETCH .*|EXISTS\r\n|RECENT\r\n)"))
                .toList();
    }

    private static List<String> sorted(List<String> responses) {
        return responses.stream().sorted(Comparator.naturalOrder()).toList();
    }

    static String show(String octets) {
        return octets.replaceAll("x{100,}", "xxx...")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n\n")
                        .replace("\0", "\\0") + "\n";
    }
}
