package org.imapnotify.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The words of a CAPABILITY response: in their order, with the octets they came with, compared without case. Immutable. */
public final class Capabilities {
    private static final Capabilities NONE = new Capabilities(Map.of());

    /** Word in upper case -> word as it came, in order. */
    private final Map<String, String> words;

    private Capabilities(Map<String, String> words) {
        this.words = words;
    }

    public static Capabilities none() {
        return NONE;
    }

    /** What follows the word CAPABILITY in a response or response code; of a word that is repeated the first counts. */
    public static Capabilities of(String words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String word : words.split("[ \r\n]+", 0)) {
            if (!word.isEmpty()) {
                map.putIfAbsent(key(word), word);
            }
        }
        return new Capabilities(map);
    }

    public boolean has(String word) {
        return words.containsKey(key(word));
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** These and {@code word}, at the end; the same when it is there already. */
    public Capabilities with(String word) {
        if (has(word)) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(words);
        more.put(key(word), word);
        return new Capabilities(more);
    }

    public Capabilities without(String word) {
        return without(key(word)::equals);
    }

    /** These but for those that {@code unwanted} is true for, which is asked in upper case. */
    public Capabilities without(Predicate<String> unwanted) {
        Map<String, String> fewer = new LinkedHashMap<>(words);
        fewer.keySet().removeIf(unwanted);
        return new Capabilities(fewer);
    }

    /** The words as a response lists them. */
    public String words() {
        return String.join(" ", words.values());
    }

    private static String key(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capabilities that && words.keySet().equals(that.words.keySet());
    }

    @Override
    public int hashCode() {
        return words.keySet().hashCode();
    }

    @Override
    public String toString() {
        return words();
    }
}
