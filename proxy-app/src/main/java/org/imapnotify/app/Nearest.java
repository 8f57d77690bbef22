package org.imapnotify.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of the words that exist somebody may have meant. */
final class Nearest {
    private Nearest() {}

    /** The word with the fewest letters to put in, take out or change; if it begins otherwise, at most a third of them. */
    static Optional<String> to(String slip, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt((String word) -> distance(slip, word))
                        .thenComparing(word -> word))
                .filter(word -> (!slip.isEmpty() && word.startsWith(slip))
                        || distance(slip, word) <= Math.max(1, word.length() / 3));
    }

    /** Levenshtein's, a row of his table at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[to.length()];
    }
}
