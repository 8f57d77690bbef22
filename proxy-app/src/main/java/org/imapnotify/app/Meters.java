package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes this proxy's meters: one line each, all with the prefix {@code imapnotify}. */
record Meters(MeterRegistry registry) {
    private static final String PREFIX = "imapnotify.";

    /** Buckets from an event loop's pace over a server's own delay (Dovecot gathers for 500 ms) to a poll interval. */
    private static Duration[] buckets() {
        return new Duration[] {
            Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)
        };
    }

    Counter counter(String name, String description, String... labels) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    AtomicInteger gauge(String name, String description, String... labels) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(PREFIX + name, value, AtomicInteger::get)
                .description(description)
                .tags(labels)
                .register(registry);
        return value;
    }

    AtomicLong bigGauge(String name, String description, String... labels) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(PREFIX + name, value, AtomicLong::doubleValue)
                .description(description)
                .tags(labels)
                .register(registry);
        return value;
    }

    Timer timer(String name, String description, String... labels) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tags(labels)
                .serviceLevelObjectives(buckets())
                .register(registry);
    }
}
