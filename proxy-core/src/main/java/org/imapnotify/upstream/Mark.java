package org.imapnotify.upstream;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * A word by which a server is recognised.
 *
 * @param says for operators
 */
record Mark(String says, Predicate<Fingerprint> fits) {
    /** The greeting has these words somewhere. */
    static Mark greeting(String words) {
        String folded = words.toLowerCase(Locale.ROOT);
        return new Mark("greeting with `" + words + "`", seen -> seen.greeting().contains(folded));
    }

    /** The greeting is this and nothing else. */
    static Mark wholeGreeting(String words) {
        String folded = words.toLowerCase(Locale.ROOT);
        return new Mark(
                "greeting `" + words + "` and nothing else",
                seen -> seen.greeting().equals(folded));
    }

    static Mark capability(String word) {
        return new Mark("capability `" + word + "`", seen -> seen.capabilities().has(word));
    }

    /** The name in the answer to ID begins so. */
    static Mark idName(String beginning) {
        String folded = beginning.toLowerCase(Locale.ROOT);
        return new Mark("ID name `" + beginning + "`", seen -> seen.name().startsWith(folded));
    }

    /** This, at a server that does not have that capability. */
    Mark without(String capability) {
        return new Mark(
                says + " without `" + capability + "`",
                seen -> fits.test(seen) && !seen.capabilities().has(capability));
    }
}
