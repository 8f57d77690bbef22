package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;

/** What watching is denied: by upstreams, by budgets and by limits. */
final class LoadMeters {
    private final AtomicInteger slowed;
    private final Counter postponed;

    LoadMeters(Meters meters) {
        slowed = meters.gauge("watchers.slowed", "Accounts asked less often because their upstream wanted less");
        postponed = meters.counter("watch.looks.postponed", "Looks at mailboxes made later because a budget was empty");
    }

    void slowed(int delta) {
        slowed.addAndGet(delta);
    }

    void postponed() {
        postponed.increment();
    }
}
