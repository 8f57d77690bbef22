package org.imapnotify.app;

import java.time.Duration;
import org.imapnotify.netty.DrainOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how the proxy ends. */
@Section(value = "drain", prefix = "drain-", about = "How the proxy ends.")
final class LifecycleFlags {
    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            description =
                    "After SIGTERM, while /readyz already says no: how long new clients are still taken. Default: 0s.")
    private @Nullable String drainDelay;

    @Option(
            names = "--drain-spread",
            paramLabel = "TIME",
            description = "Over how long the BYEs are spread; a few clients take less. Default: 5s.")
    private @Nullable String drainSpread;

    DrainOptions drain() {
        return new DrainOptions(
                time("drain-delay", drainDelay, DrainOptions.DEFAULT.delay()),
                time("drain-spread", drainSpread, DrainOptions.DEFAULT.spread()));
    }

    private static Duration time(String key, @Nullable String text, Duration otherwise) {
        return text == null ? otherwise : Durations.parse(key, text);
    }
}
