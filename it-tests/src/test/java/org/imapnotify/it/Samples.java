package org.imapnotify.it;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured times of one kind, in milliseconds. */
final class Samples {
    private final String what;
    private final List<Double> millis = new ArrayList<>();

    Samples(String what) {
        this.what = what;
    }

    void add(long fromNanos, long toNanos) {
        millis.add((toNanos - fromNanos) / 1e6);
    }

    double median() {
        return percentile(50);
    }

    /** By nearest rank: the value that so many per cent do not exceed. */
    double percentile(int percent) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    static String header() {
        return String.format("%-48s %4s %8s %8s %8s", "ms from the writer's tagged OK", "n", "median", "p90", "max");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-48s %4d %8.1f %8.1f %8.1f",
                what,
                millis.size(),
                median(),
                percentile(90),
                percentile(100));
    }
}
