package org.imapnotify.app;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: checks everything it was told, then starts the proxy and waits for SIGTERM. */
@Command(
        name = "run",
        description = "Run the proxy in front of an IMAP server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ProxyFlags flags = new ProxyFlags();

    @Mixin
    private LifecycleFlags lifecycle = new LifecycleFlags();

    @Mixin
    private ManagementFlags management = new ManagementFlags();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace. Default: info.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(names = "--log-format", paramLabel = "text|json", description = "Default: text.")
    private LogFormat logFormat = LogFormat.TEXT;

    // Read before the other flags are, by Main; here so that it is allowed and shown in the help.
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with the flags' names as keys; flags on the command line win.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunSettings settings = settings();
        if (logFormat == LogFormat.JSON) {
            Logging.json();
        }
        Logging.level(Level.toLevel(logLevel.name()));
        ProxyProcess.start(settings).awaitStop();
        return ExitCode.OK;
    }

    /** Everything checked, nothing opened. */
    RunSettings settings() {
        String[] arguments = spec == null
                ? new String[0]
                : spec.root().commandLine().getParseResult().originalArgs().toArray(String[]::new);
        return new RunSettings(
                flags.options(),
                flags.upstream(),
                management.address(),
                management.token(),
                lifecycle.drain(),
                () -> Main.runSettings(arguments).options());
    }

    /** What {@code --log-format} takes. */
    enum LogFormat {
        TEXT,
        JSON
    }

    /** What {@code --log-level} takes. */
    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
