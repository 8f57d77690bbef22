package org.imapnotify.app;

import java.util.Locale;
import java.util.Set;

/** Words for labels. */
final class Label {
    static final Set<String> OUTCOMES = Set.of("success", "failure");

    private Label() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String outcome(boolean success) {
        return success ? "success" : "failure";
    }
}
