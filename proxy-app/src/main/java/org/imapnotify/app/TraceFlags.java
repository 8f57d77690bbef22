package org.imapnotify.app;

import java.nio.file.Path;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of users' traces. */
@Section(value = "logging", prefix = "log-", about = "Traces of users' conversations.")
final class TraceFlags {
    private static final int LARGEST = 1024;

    @Option(
            names = "--" + TraceFolder.KEY,
            paramLabel = "FOLDER",
            description = "Where the command \"trace\" writes files, which nobody but the proxy's user can read;"
                    + " without it traces go to the log.")
    private @Nullable Path folder;

    @Option(
            names = "--log-trace-size",
            paramLabel = "MIB",
            description = "A trace's file ends at so many MiB. Default: 16.")
    private int size = 16;

    Optional<TraceOutput> output() {
        if (size < 1 || size > LARGEST) {
            throw new InvalidOptionException("log-trace-size", size, "1 to " + LARGEST + " MiB");
        }
        return Optional.ofNullable(folder).map(path -> new TraceFolder(path, size * 1024L * 1024));
    }
}
