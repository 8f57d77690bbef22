package org.imapnotify.app;

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
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped by a signal, after every client was told",
            "1:an address that cannot be had",
            "2:wrong usage or configuration; nothing was opened"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  imap-notify-proxy run --upstream imaps://mail.example.org --listen 127.0.0.1:1143",
            "  imap-notify-proxy run --config /etc/imap-notify-proxy/config.yaml",
            "Each flag is a key of the file and an environment variable, too: imap-notify-proxy reference yaml"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ProxyFlags flags = new ProxyFlags();

    @Mixin
    private LifecycleFlags lifecycle = new LifecycleFlags();

    @Mixin
    private ManagementFlags management = new ManagementFlags();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LogFlags log = new LogFlags();

    @Mixin
    private TraceFlags traces = new TraceFlags();

    // Read before the other flags are, by Main; here so that it is allowed and shown in the help.
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with the flags as keys, in sections; flags on the command line win.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunSettings settings = settings();
        log.apply();
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
                traces.output().orElseGet(TraceOutput::log),
                () -> Main.runSettings(arguments).options());
    }
}
