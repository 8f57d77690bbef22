package org.imapnotify.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docs/notify-differences.md}: every listed difference, by its reason. */
final class NotifyDifferencesPage {
    private NotifyDifferencesPage() {}

    static String of(List<NotifyScenario> scenarios) {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        reasons().forEach((key, text) -> examples.put(key, new ArrayList<>()));
        int steps = 0;
        int different = 0;
        for (NotifyScenario scenario : scenarios) {
            for (NotifyScenario.Step step : scenario.steps()) {
                steps++;
                different += step.differs() ? 1 : 0;
                step.reasons()
                        .forEach(key -> examples.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(row(scenario, step)));
            }
        }
        StringBuilder page = head(scenarios.size(), steps, different);
        page.append("\n## everywhere\nToo frequent to list; each shows in at least one scenario.\n\n");
        for (NotifyRule rule : NotifyRule.ALL) {
            page.append("- **")
                    .append(rule.name())
                    .append("**: ")
                    .append(rule.reason())
                    .append("\n");
        }
        reasons().forEach((key, text) -> section(page, key, text, examples.getOrDefault(key, List.of())));
        return page.toString();
    }

    private static StringBuilder head(int scenarios, int steps, int different) {
        return new StringBuilder(String.format("""
            # Where NOTIFY through the proxy differs from Dovecot's own

            Made from `it-tests/src/test/resources/notify-differential` by `DifferentialNotifyIT`, which plays %d scenarios to a Dovecot 2.3
            that has NOTIFY and to the proxy in front of one that has not, and fails when a difference is not listed, or one that is
            listed does not show any more. `W` is a writer on the server itself, `C` the client; UIDVALIDITY and modification sequences are
            masked, and `* OK [HIGHESTMODSEQ n]` is left out: whether Dovecot 2.3 gives it depends on who asked for one before.
            Everything else in the scenarios was the same on both sides: %d steps, of which %d differ.
            """, scenarios, steps, different));
    }

    private static void section(StringBuilder page, String key, String text, List<String> rows) {
        page.append("\n## ").append(key).append("\n").append(text).append("\n\n");
        page.append("| scenario | step | Dovecot only | proxy only |\n| --- | --- | --- | --- |\n");
        rows.forEach(page::append);
    }

    private static String row(NotifyScenario scenario, NotifyScenario.Step step) {
        return "| " + scenario.title() + " | " + code(step.line()) + " | " + codes(step.onlyNative()) + " | "
                + codes(step.onlyProxy()) + " |\n";
    }

    private static String codes(List<String> responses) {
        return String.join(
                "<br>", responses.stream().map(NotifyDifferencesPage::code).toList());
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    /** {@code key: text} by line. */
    static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : NotifyScenario.lines(NotifyScenario.FOLDER.resolve(NotifyScenario.REASONS))) {
            int colon = line.indexOf(": ");
            reasons.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return reasons;
    }
}
