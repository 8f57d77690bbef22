package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;

/** How reloads went. */
final class ReloadMeters {
    private final Counter successes;
    private final Counter failures;
    private final AtomicInteger lastFailed;

    ReloadMeters(Meters meters) {
        successes = meters.counter("config.reload", "Reloads of configuration or certificate", "result", "success");
        failures = meters.counter("config.reload", "Reloads of configuration or certificate", "result", "failure");
        lastFailed = meters.gauge("config.reload.failed", "1 when the latest reload was refused");
    }

    void succeeded() {
        successes.increment();
        lastFailed.set(0);
    }

    void failed() {
        failures.increment();
        lastFailed.set(1);
    }
}
