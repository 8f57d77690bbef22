package org.imapnotify.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.time.Duration;
import java.util.Set;

/** What Micrometer says of the process, put into the form that {@code promtool check metrics} asks for. */
final class RuntimeNames implements MeterFilter {
    /** A count of nanoseconds, and a gauge whose name is that of a histogram's part. */
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "system.cpu.count");

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return LEFT_OUT.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    /** The label {@code id} of an allocator is another number after each start: new series each time, for the same thing. */
    @Override
    public Meter.Id map(Meter.Id id) {
        if (id.getDescription() != null || !id.getName().startsWith("netty.allocator.")) {
            return id;
        }
        String what = id.getName().substring("netty.allocator.".length()).replace('.', ' ');
        return new Meter.Id(
                id.getName(),
                Tags.of(id.getTags().stream()
                        .filter(tag -> !tag.getKey().equals("id"))
                        .toList()),
                id.getBaseUnit(),
                "Netty's allocator: " + what,
                id.getType());
    }

    /** Named and counted as Prometheus's own client libraries do. */
    static void processCpu(MeterRegistry registry) {
        FunctionCounter.builder(
                        "process.cpu",
                        ProcessHandle.current(),
                        process -> process.info()
                                        .totalCpuDuration()
                                        .orElse(Duration.ZERO)
                                        .toNanos()
                                / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .description("CPU time of the process")
                .register(registry);
    }
}
