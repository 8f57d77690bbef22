package org.imapnotify.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which {@link QuirkRule}s apply.
 *
 * @param recognises those that fit what the server says of itself
 * @param forced whatever it says
 */
public record QuirkChoice(boolean recognises, List<QuirkRule> forced) {
    /** Those that fit. */
    public static final QuirkChoice AUTO = new QuirkChoice(true, List.of());

    /** None. */
    public static final QuirkChoice OFF = new QuirkChoice(false, List.of());

    public QuirkChoice {
        forced = List.copyOf(forced);
    }

    /** These and no others. */
    public static QuirkChoice of(List<QuirkRule> rules) {
        return new QuirkChoice(false, rules);
    }

    /** {@code auto}, {@code off}, or keys of rules with commas between; empty when it is none of these. */
    public static Optional<QuirkChoice> parse(String words) {
        if (words.equals("auto")) {
            return Optional.of(AUTO);
        }
        if (words.equals("off")) {
            return Optional.of(OFF);
        }
        List<Optional<QuirkRule>> rules =
                Arrays.stream(words.split(",", -1)).map(QuirkRule::named).toList();
        return rules.stream().allMatch(Optional::isPresent)
                ? Optional.of(of(rules.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    List<QuirkRule> rules(Fingerprint fingerprint) {
        return recognises ? QuirkRule.of(fingerprint) : forced;
    }
}
