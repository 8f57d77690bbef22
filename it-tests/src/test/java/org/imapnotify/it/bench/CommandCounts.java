package org.imapnotify.it.bench;

import java.util.Map;
import java.util.TreeMap;

/** Commands by their names. */
record CommandCounts(Map<String, Long> byName) {
    static CommandCounts none() {
        return new CommandCounts(new TreeMap<>());
    }

    void count(String command) {
        byName.merge(command, 1L, Long::sum);
    }

    long of(String command) {
        return byName.getOrDefault(command, 0L);
    }

    CommandCounts copy() {
        return new CommandCounts(new TreeMap<>(byName));
    }

    CommandCounts plus(CommandCounts other) {
        CommandCounts sum = copy();
        other.byName.forEach((name, count) -> sum.byName.merge(name, count, Long::sum));
        return sum;
    }

    CommandCounts minus(CommandCounts earlier) {
        CommandCounts difference = copy();
        earlier.byName.forEach((name, count) -> difference.byName.merge(name, -count, Long::sum));
        return difference;
    }
}
