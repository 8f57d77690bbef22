package org.imapnotify.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How two lists of answers to the same batch of commands are compared. */
final class Answers {
    /** Flags and modification sequences alone. */
    private static final Pattern FLAGS =
            Pattern.compile("\\* (\\d+) FETCH \\((?:UID \\d+ ?)?(?:(?:MODSEQ \\(\\d+\\)|FLAGS \\([^)]*\\)) ?)+\\)\r\n");

    private Answers() {}

    /**
     * Dovecot completes pipelined FETCH, STORE, SEARCH and NOOP together with whichever of them it has read by then, reports flags
     * then, and works on what is behind an APPEND while it saves; so where tagged responses, FETCH, EXISTS and RECENT stand among
     * the others depends on time. It lists mailboxes in the order in which its index has come upon them, which depends on when somebody
     * looked while they were made. All else has to be in order.
     */
    static boolean areSame(List<String> expected, List<String> actual) {
        return inOrder(expected).equals(inOrder(actual))
                && sorted(lastFlags(expected)).equals(sorted(lastFlags(actual)));
    }

    /** How often flags are told while several STOREs are under way depends on time too; the last word on each message does not. */
    private static List<String> lastFlags(List<String> responses) {
        Map<String, String> last = new HashMap<>();
        List<String> rest = new ArrayList<>();
        for (String response : responses) {
            Matcher flags = FLAGS.matcher(response);
            if (flags.matches()) {
                last.put(flags.group(1) + response.contains("MODSEQ") + response.contains("FLAGS"), response);
            } else {
                rest.add(response);
            }
        }
        rest.addAll(last.values());
        return rest;
    }

    private static List<String> inOrder(List<String> responses) {
        List<String> all = new ArrayList<>();
        List<String> mailboxes = new ArrayList<>();
        for (String response : responses) {
            if (response.matches("(?s)\\* (LIST|LSUB|XLIST|STATUS) .*")) {
                mailboxes.add(response);
            } else if (response.matches("(?s)[*+].*")
                    && !response.matches("(?s)\\* \\d+ (FETCH .*|EXISTS\r\n|RECENT\r\n)")) {
                all.addAll(sorted(mailboxes));
                mailboxes.clear();
                all.add(response);
            }
        }
        all.addAll(sorted(mailboxes));
        return all;
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
