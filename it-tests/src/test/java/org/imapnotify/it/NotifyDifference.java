package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;

/**
 * In what two sequences of responses to one step differ, as few lines as possible and in their order; and the rules that made others
 * the same.
 */
record NotifyDifference(List<String> onlyNative, List<String> onlyProxy, List<NotifyRule> rules) {
    static NotifyDifference between(List<String> direct, List<String> proxied) {
        NotifyDifference difference = new NotifyDifference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        difference.compare(direct, NotifyRule.translated(direct, proxied, difference.rules));
        return difference;
    }

    /** Walks along a longest common subsequence. */
    private void compare(List<String> direct, List<String> proxied) {
        int[][] common = common(direct, proxied);
        int i = 0;
        int j = 0;
        while (i < direct.size() || j < proxied.size()) {
            if (i < direct.size() && j < proxied.size() && direct.get(i).equals(proxied.get(j))) {
                i++;
                j++;
            } else if (j == proxied.size() || (i < direct.size() && common[i + 1][j] >= common[i][j + 1])) {
                onlyNative.add(direct.get(i++));
            } else {
                onlyProxy.add(proxied.get(j++));
            }
        }
    }

    /** How many lines the rests from i and from j have in common. */
    private static int[][] common(List<String> direct, List<String> proxied) {
        int[][] common = new int[direct.size() + 1][proxied.size() + 1];
        for (int i = direct.size() - 1; i >= 0; i--) {
            for (int j = proxied.size() - 1; j >= 0; j--) {
                common[i][j] = direct.get(i).equals(proxied.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    boolean isListedIn(NotifyScenario.Step step) {
        return onlyNative.equals(step.onlyNative()) && onlyProxy.equals(step.onlyProxy());
    }

    /** As a scenario lists it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        onlyNative.forEach(response -> lines.add("- " + response));
        onlyProxy.forEach(response -> lines.add("+ " + response));
        return lines;
    }
}
