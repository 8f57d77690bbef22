package org.imapnotify.upstream;

import java.util.List;
import org.imapnotify.wire.Capabilities;

/** Learns from one conversation which server it is with, as far as that changes what is done. */
public final class Recognition {
    private final QuirkChoice choice;
    private Fingerprint fingerprint = Fingerprint.UNKNOWN;
    private List<QuirkRule> rules = List.of();
    private Quirks quirks = Quirks.NONE;

    public Recognition(QuirkChoice choice) {
        this.choice = choice;
        if (!choice.forced().isEmpty()) { // there is nothing to recognise an unknown server by
            learn(fingerprint);
        }
    }

    /** Nothing is left to be learnt. */
    static Recognition of(Quirks quirks) {
        Recognition known = new Recognition(QuirkChoice.OFF);
        known.quirks = quirks;
        return known;
    }

    /** The whole line, or its text alone. */
    public void greeting(String line) {
        learn(fingerprint.greeting(text(line)));
    }

    /** resp-text of {@code * OK [code] text}. */
    private static String text(String line) {
        String text = line.startsWith("* ") ? line.substring(Math.max(2, line.indexOf(' ', 2) + 1)) : line;
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        return text.substring(close + 1);
    }

    public void capabilities(Capabilities said) {
        learn(fingerprint.capabilities(said));
    }

    /** What follows the word ID in the answer to that command. */
    public void identity(String answer) {
        learn(fingerprint.identity(answer));
    }

    private void learn(Fingerprint more) {
        fingerprint = more;
        List<QuirkRule> fitting = choice.rules(more);
        if (!fitting.equals(rules)) {
            rules = fitting;
            quirks = fitting.stream().map(QuirkRule::quirks).reduce(Quirks.NONE, Quirks::and);
        }
    }

    public Quirks quirks() {
        return quirks;
    }
}
