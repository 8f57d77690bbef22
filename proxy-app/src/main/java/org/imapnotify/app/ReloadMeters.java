package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How reloads went. */
final class ReloadMeters {
    private final Counter successes;
    private final Counter failures;
    private final AtomicInteger lastFailed;
    private final AtomicLong lastSuccess;

    ReloadMeters(Meters meters) {
        successes = meters.counter("config.reload", "Reloads of configuration or certificate", "result", "success");
        failures = meters.counter("config.reload", "Reloads of configuration or certificate", "result", "failure");
        lastFailed = meters.gauge("config.reload.failed", "1 when the latest reload was refused");
        lastSuccess = meters.bigGauge(
                "config.last.reload.success.timestamp.seconds",
                "When the configuration in force was read, in seconds since 1970");
        lastSuccess.set(Instant.now().getEpochSecond());
    }

    void succeeded() {
        successes.increment();
        lastFailed.set(0);
        lastSuccess.set(Instant.now().getEpochSecond());
    }

    void failed() {
        failures.increment();
        lastFailed.set(1);
    }
}
