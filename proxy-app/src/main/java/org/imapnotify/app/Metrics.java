package org.imapnotify.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The registry behind {@code /metrics}, with what every process has: build, JVM, process, Netty's buffers. */
final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics() {
        registry.config().meterFilter(new RuntimeNames());
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Left until the proxy listens: reading the JVM's beans takes longer than all else at start. */
    void bindRuntime(BooleanSupplier draining, IntSupplier pendingTasks) {
        Gauge.builder("imapnotify.build.info", () -> 1)
                .description("1; the label says which build this is")
                .tag("version", Version.current())
                .register(registry);
        Gauge.builder("imapnotify.drain.state", () -> draining.getAsBoolean() ? 1 : 0)
                .description("1 while the proxy sends its clients away")
                .register(registry);
        Gauge.builder("imapnotify.event.loops.pending.tasks", pendingTasks::getAsInt)
                .description("Tasks that wait for their turn on an event loop")
                .register(registry);
        Gauge.builder("imapnotify.direct.memory.max.bytes", PlatformDependent::maxDirectMemory)
                .description("What Netty may take of memory outside the heap, where buffers are")
                .register(registry);
        RuntimeNames.processCpu(registry);
        for (MeterBinder binder : binders()) {
            binder.bindTo(registry);
        }
    }

    // That of garbage collection keeps its listener for as long as the process lives; there is nothing to close it for.
    @SuppressWarnings("resource")
    private static List<MeterBinder> binders() {
        return List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmGcMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics(),
                new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT));
    }
}
