package org.imapnotify.it.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of one kind, in milliseconds. */
final class Percentiles {
    private final List<Double> millis = new ArrayList<>();

    synchronized void add(long nanos) {
        millis.add(Math.max(0, nanos) / 1e6);
    }

    synchronized int count() {
        return millis.size();
    }

    /** By nearest rank. */
    synchronized double of(int percent) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    String row(String what) {
        return String.format(
                "%-44s n %5d  p50 %8.1f  p90 %8.1f  p99 %8.1f  max %8.1f ms",
                what, count(), of(50), of(90), of(99), of(100));
    }
}
