package org.imapnotify.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-config}: whether {@code run} would take this file; opens no port. */
@Command(
        name = "check-config",
        description =
                "Check a configuration file, with the files and host names in it; 0 when run would take it, else 2.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckConfigCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The YAML file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Main.runSettings("run", "--config", file.toString());
        if (spec != null) {
            spec.commandLine().getOut().println(file + ": ok");
        }
        return ExitCode.OK;
    }
}
