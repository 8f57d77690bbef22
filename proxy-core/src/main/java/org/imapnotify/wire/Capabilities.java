package org.imapnotify.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The words of a CAPABILITY response: in their order, with the octets they came with, compared without case. Immutable. Every session
 * keeps one for as long as it lasts, so it is one text, and looked through when somebody asks.
 */
public final class Capabilities {
    private static final Capabilities NONE = new Capabilities("");

    /** Parted by single spaces, none twice. */
    private final String words;

    private Capabilities(String words) {
        this.words = words;
    }

    public static Capabilities none() {
        return NONE;
    }

    /** What follows the word CAPABILITY in a response or response code; of a word that is repeated the first counts. */
    public static Capabilities of(String words) {
        return of(byKey(words));
    }

    private static Capabilities of(Map<String, String> words) {
        return new Capabilities(String.join(" ", words.values()));
    }

    /** Word in upper case to word as it came, in order. */
    private static Map<String, String> byKey(String words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String word : words.split("[ \r\n]+", 0)) {
            if (!word.isEmpty()) {
                map.putIfAbsent(key(word), word);
            }
        }
        return map;
    }

    public boolean has(String word) {
        int from = 0;
        while (from < words.length()) {
            int space = words.indexOf(' ', from);
            int end = space < 0 ? words.length() : space;
            if (end - from == word.length() && words.regionMatches(true, from, word, 0, word.length())) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** These and {@code word}, at the end; the same when it is there already. */
    public Capabilities with(String word) {
        if (has(word)) {
            return this;
        }
        return new Capabilities(isEmpty() ? word : words + " " + word);
    }

    public Capabilities without(String word) {
        return without(key(word)::equals);
    }

    /** These but for those that {@code unwanted} is true for, which is asked in upper case. */
    public Capabilities without(Predicate<String> unwanted) {
        Map<String, String> fewer = byKey(words);
        fewer.keySet().removeIf(unwanted);
        return of(fewer);
    }

    /** The words as a response lists them. */
    public String words() {
        return words;
    }

    private static String key(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capabilities that
                && byKey(words).keySet().equals(byKey(that.words).keySet());
    }

    @Override
    public int hashCode() {
        return byKey(words).keySet().hashCode();
    }

    @Override
    public String toString() {
        return words();
    }
}
