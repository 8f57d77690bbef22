package org.imapnotify.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.imapnotify.app.client.ImapFailure;
import org.imapnotify.app.client.Inspection;
import org.imapnotify.app.client.ServerReport;
import org.imapnotify.app.client.ServerReport.Line;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: what a server can do, and how NOTIFY will be served in front of it. */
@Command(
        name = "check",
        description = "Tell what an IMAP server can do and how NOTIFY will be served in front of it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the server can be used",
            "1:it cannot be reached or does not speak IMAP",
            "2:wrong usage",
            "3:it refuses the login"
        })
final class CheckCommand implements Callable<Integer> {
    static final int LOGIN_REFUSED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "URL",
            description = "The IMAP server: imap://HOST[:PORT][?tls=starttls] or imaps://HOST[:PORT].")
    private String upstream = "";

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Mixin
    private ServerFlags flags = new ServerFlags();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            print(out, Inspection.of(flags.address(upstream), flags.login()));
            return ExitCode.OK;
        } catch (ImapFailure refused) {
            if (refused.isLoginRefused()) {
                spec.commandLine().getErr().println("imap-notify-proxy: " + refused.getMessage());
                return LOGIN_REFUSED;
            }
            throw refused;
        }
    }

    private void print(PrintWriter out, ServerReport report) {
        if (json) {
            out.println(Json.of(object(report)));
            out.flush();
            return;
        }
        section(out, "The server", report.statements());
        section(out, "How each event will be served", report.events());
        list(out, "Recognised", report.quirks());
        list(out, "What would be better", report.advice());
        out.flush();
    }

    private static Map<String, Object> object(ServerReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("server", labelled(report.statements()));
        object.put("events", labelled(report.events()));
        object.put("recognised", report.quirks());
        object.put("advice", report.advice());
        return object;
    }

    private static Map<String, String> labelled(List<Line> lines) {
        Map<String, String> labelled = new LinkedHashMap<>();
        lines.forEach(line -> labelled.put(line.label(), line.text()));
        return labelled;
    }

    private static void section(PrintWriter out, String title, List<Line> lines) {
        out.println(title);
        for (Line line : lines) {
            out.printf("  %-22s %s%n", line.label(), Printable.of(line.text()));
        }
        out.println();
    }

    private static void list(PrintWriter out, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            out.println(title);
            entries.forEach(entry -> out.println("  - " + Printable.of(entry)));
            out.println();
        }
    }
}
