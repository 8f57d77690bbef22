package org.imapnotify.app;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reference}: what documentation, packages and editors need to know, made from the commands themselves. */
@Command(
        name = "reference",
        description = "Print the configuration reference, its JSON Schema, the manual page or bash's completion.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReferenceCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "yaml|schema|man|completion", description = "Which of them.")
    private Kind kind = Kind.YAML;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().getOut().print(kind.text());
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    /** What can be printed. */
    enum Kind {
        YAML,
        SCHEMA,
        MAN,
        COMPLETION;

        String text() {
            CommandLine all = Main.commandLine();
            CommandSpec run =
                    Objects.requireNonNull(all.getSubcommands().get("run")).getCommandSpec();
            return switch (this) {
                case YAML -> Reference.yaml(run);
                case SCHEMA -> ReferenceSchema.of(run);
                case MAN -> ManPage.of(all.getCommandSpec());
                case COMPLETION -> completion(all);
            };
        }

        /** Without the line that makes a script of it: a shell reads it. */
        private static String completion(CommandLine all) {
            String script = AutoComplete.bash("imap-notify-proxy", all);
            return script.substring(script.indexOf('\n') + 1);
        }
    }
}
