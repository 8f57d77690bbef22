package org.imapnotify.app;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** imap-notify-proxy(1) in troff, from the commands themselves. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandSpec main) {
        ManPage man = new ManPage();
        man.page.append(".TH IMAP-NOTIFY-PROXY 1\n.SH NAME\nimap-notify-proxy \\- ");
        man.page
                .append(escaped(String.join(" ", main.usageMessage().description())))
                .append('\n');
        man.page.append(".SH SYNOPSIS\n.B imap-notify-proxy\n.I COMMAND\n[options]\n.SH COMMANDS\n");
        main.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct()
                .forEach(man::command);
        man.page.append("""
                .SH EXIT STATUS
                0 done, 1 a failure, 2 wrong usage or configuration; others with the commands that have them.
                .SH ENVIRONMENT
                Each flag of
                .B run
                has a variable: IMAPNOTIFY_POLL_INTERVAL is \\-\\-poll\\-interval. A flag wins over its variable, a variable over the file.
                JAVA_HOME and JAVA_OPTS say which Java runs it and how.
                .SH SIGNALS
                SIGTERM and SIGINT end
                .B run
                after every client was told, a second one at once; SIGHUP reads configuration and certificates again.
                .SH FILES
                .I /etc/imap-notify-proxy/config.yaml
                .SH SEE ALSO
                RFC 5465
                """);
        return man.page.toString();
    }

    private void command(CommandSpec command) {
        page.append(".SS ").append(escaped(command.name()));
        command.positionalParameters().forEach(word -> page.append(' ').append(escaped(word.paramLabel())));
        page.append('\n');
        page.append(escaped(String.join(" ", command.usageMessage().description())))
                .append('\n');
        for (PositionalParamSpec word : command.positionalParameters()) {
            page.append(".TP\n.I ").append(escaped(word.paramLabel())).append('\n');
            page.append(escaped(String.join(" ", word.description()))).append('\n');
        }
        for (OptionSpec option : command.options()) {
            page.append(".TP\n.B ").append(escaped(String.join(", ", option.names())));
            page.append(option.arity().max() == 0 ? "" : " " + escaped(option.paramLabel()))
                    .append('\n');
            page.append(escaped(String.join(" ", option.description()).replace("%%", "%")))
                    .append('\n');
        }
        for (Map.Entry<String, String> code :
                command.usageMessage().exitCodeList().entrySet()) {
            page.append(".TP\nexit code ").append(code.getKey()).append('\n');
            page.append(escaped(code.getValue())).append('\n');
        }
    }

    private static String escaped(String text) {
        String dashed = text.replace("\\", "\\e").replace("-", "\\-");
        return dashed.startsWith(".") || dashed.startsWith("'") ? "\\&" + dashed : dashed;
    }
}
