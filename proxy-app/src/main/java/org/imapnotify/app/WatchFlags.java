package org.imapnotify.app;

import java.time.Duration;
import java.util.function.Function;
import org.imapnotify.netty.IntervalOptions;
import org.imapnotify.netty.WatchMode;
import org.imapnotify.netty.WatchOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how accounts are watched. */
final class WatchFlags {
    @Option(
            names = "--watch",
            paramLabel = "auto|dedicated|inline",
            description = "Watch on extra connections, or over the session's own. Default: auto.")
    private WatchMode watch = WatchMode.AUTO;

    @Option(
            names = "--watch-connections",
            paramLabel = "N",
            description = "Watch connections for one account. Default: 2.")
    private int watchConnections = WatchOptions.DEFAULT_CONNECTIONS;

    @Option(
            names = "--poll-interval",
            paramLabel = "TIME",
            description = "From one look at the mailboxes to the next: 500ms, 30s, 2m. Default: 30s.")
    private @Nullable String pollInterval;

    @Option(
            names = "--poll-interval-quiet",
            paramLabel = "TIME",
            description = "The most that a mailbox is left alone which has been quiet for ten times as long."
                    + " Default: 2 poll intervals.")
    private @Nullable String quietInterval;

    @Option(
            names = "--metadata-interval",
            paramLabel = "TIME",
            description = "From one look at all annotations (RFC 5464) to the next. Default: 10 poll intervals.")
    private @Nullable String metadataInterval;

    @Option(
            names = "--notify-safety-interval",
            paramLabel = "TIME",
            description = "From one look to the next at what an upstream with NOTIFY of its own tells: it may forget."
                    + " Default: 10m.")
    private @Nullable String safetyInterval;

    @Mixin
    private BudgetFlags budget = new BudgetFlags();

    WatchOptions options() {
        return new WatchOptions(watch, watchConnections, intervals(), budget.options());
    }

    private IntervalOptions intervals() {
        IntervalOptions intervals = IntervalOptions.of(
                pollInterval == null ? IntervalOptions.DEFAULT_POLL : Durations.parse("poll-interval", pollInterval));
        intervals = with("poll-interval-quiet", quietInterval, intervals, intervals::withQuiet);
        intervals = with("metadata-interval", metadataInterval, intervals, intervals::withMetadata);
        return with("notify-safety-interval", safetyInterval, intervals, intervals::withSafety);
    }

    private static IntervalOptions with(
            String key,
            @Nullable String written,
            IntervalOptions intervals,
            Function<Duration, IntervalOptions> changed) {
        return written == null ? intervals : changed.apply(Durations.parse(key, written));
    }
}
