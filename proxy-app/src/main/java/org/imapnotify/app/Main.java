package org.imapnotify.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line. Wrong usage ends with 2, a failure with 1. */
@Command(
        name = "imap-notify-proxy",
        description = "A transparent IMAP proxy that adds NOTIFY (RFC 5465) to servers that lack it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    static int execute(PrintWriter err, String... args) {
        return execute(err, err, args);
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = commandLine(args).setOut(out).setErr(err);
        try {
            defaults(commandLine, ConfigFile.namedIn(args));
        } catch (InvalidOptionException e) {
            print(commandLine, e);
            return ExitCode.USAGE;
        }
        return commandLine.execute(args);
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return commandLine(Subcommand.values());
    }

    /** With the command that comes first, or with all when it is none: to know all flags of all commands takes its time. */
    private static CommandLine commandLine(String... args) {
        return Subcommand.of(args).map(Main::commandLine).orElseGet(Main::commandLine);
    }

    private static CommandLine commandLine(Subcommand... commands) {
        CommandLine main = new CommandLine(new Main());
        for (Subcommand command : commands) {
            main.addSubcommand(command.create());
        }
        return main.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler((failure, at, parsed) -> failed(failure, at));
    }

    /** What {@code run} with these arguments, and the file that they name, would do now. */
    static RunSettings runSettings(String... args) {
        CommandLine commandLine = commandLine(args);
        defaults(commandLine, ConfigFile.namedIn(args));
        try {
            ParseResult run = commandLine.parseArgs(args).subcommand();
            return ((RunCommand) run.commandSpec().userObject()).settings();
        } catch (InvalidOptionException | ParameterException failure) {
            CommandLine run =
                    Objects.requireNonNull(commandLine.getSubcommands().get("run"));
            throw (RuntimeException) ConfigBlame.of(failure, run.getDefaultValueProvider(), List.of(args));
        }
    }

    private static void defaults(CommandLine commandLine, Optional<Path> file) {
        for (CommandLine command : commandLine.getSubcommands().values()) {
            if (command.getCommandSpec().findOption("--" + ConfigFile.KEY) != null) {
                command.setDefaultValueProvider(ConfigFile.read(file, command.getCommandSpec(), System.getenv()));
            }
        }
    }

    private static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        Exception blamed = ConfigBlame.of(failure, command.getDefaultValueProvider(), List.of(args));
        if (blamed != failure) {
            print(command, blamed);
            return ExitCode.USAGE;
        }
        command.getErr().println("imap-notify-proxy: " + WrongUsage.of(failure, List.of(args)));
        command.getErr().println("Try \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof InvalidOptionException || failure instanceof ParameterException) {
            List<String> arguments = command.getCommandSpec()
                    .root()
                    .commandLine()
                    .getParseResult()
                    .originalArgs();
            print(command, ConfigBlame.of(failure, command.getDefaultValueProvider(), arguments));
            return ExitCode.USAGE;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            print(command, failure);
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static void print(CommandLine command, Exception failure) {
        command.getErr().println("imap-notify-proxy: " + failure.getMessage());
    }
}
