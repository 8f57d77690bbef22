package org.imapnotify.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The meters of one family by the value of one label. Whatever is not in the label's vocabulary is counted as {@code other}, so
 * that nobody outside can make series grow without bound.
 */
final class ByLabel<M> {
    static final String OTHER = "other";

    private final Set<String> vocabulary;
    private final Function<String, M> make;
    private final ConcurrentMap<String, M> meters = new ConcurrentHashMap<>();

    private ByLabel(Set<String> vocabulary, Function<String, M> make) {
        this.vocabulary = vocabulary;
        this.make = make;
    }

    /** Makes all of the vocabulary's meters at once: a series that starts at zero can be alerted on. */
    static <M> ByLabel<M> all(Set<String> vocabulary, Function<String, M> make) {
        ByLabel<M> family = new ByLabel<>(vocabulary, make);
        vocabulary.forEach(family::of);
        return family;
    }

    /** Makes each meter when it is first needed: for families with many that most proxies never use. */
    static <M> ByLabel<M> whenSeen(Set<String> vocabulary, Function<String, M> make) {
        return new ByLabel<>(vocabulary, make);
    }

    M of(String value) {
        M known = meters.get(value);
        if (known != null) {
            return known;
        }
        return meters.computeIfAbsent(vocabulary.contains(value) ? value : OTHER, make);
    }
}
