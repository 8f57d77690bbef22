package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What watching is denied: by upstreams, by budgets and by limits. */
final class LoadMeters {
    private final AtomicInteger slowed;
    private final Counter postponed;
    private final Map<Object, Integer> stretches = new ConcurrentHashMap<>();
    private final AtomicInteger stretch;
    private final Map<String, AtomicInteger> shedding;

    LoadMeters(Meters meters) {
        slowed = meters.gauge("watchers.slowed", "Accounts asked less often because their upstream wanted less");
        postponed = meters.counter("watch.looks.postponed", "Looks at mailboxes made later because a budget was empty");
        stretch =
                meters.gauge("watch.stretch.ratio", "By how much poll intervals are longer, at the upstream worst off");
        stretch.set(1);
        shedding = Map.of(
                "frequency", shedding(meters, "frequency"),
                "slots", shedding(meters, "slots"),
                "overflow", shedding(meters, "overflow"));
    }

    private static AtomicInteger shedding(Meters meters, String step) {
        return meters.gauge(
                "upstreams.shedding", "Upstreams whose budget is exceeded, by what is given up", "step", step);
    }

    /** The greatest of all upstreams is shown. */
    void stretch(Object upstream, int factor) {
        Integer before = stretches.put(upstream, factor);
        if (before == null || before != factor) {
            stretch.set(stretches.values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(1));
        }
    }

    void shedding(String step, int delta) {
        AtomicInteger upstreams = shedding.get(step);
        if (upstreams != null) {
            upstreams.addAndGet(delta);
        }
    }

    void slowed(int delta) {
        slowed.addAndGet(delta);
    }

    void postponed() {
        postponed.increment();
    }
}
