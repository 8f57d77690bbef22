package org.imapnotify.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.imapnotify.app.OperatorClient.CommandRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command to a proxy that runs: sends its name and its form, and prints what comes back. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:no proxy answers, or it cannot do it",
            "2:wrong usage",
            "3:the token is not the proxy's, or the proxy has none",
            "4:the user has no session"
        })
abstract class OperatorCommand implements Callable<Integer> {
    static final int TOKEN_REFUSED = 3;
    static final int NOBODY = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OperatorFlags flags = new OperatorFlags();

    @Override
    public final Integer call() throws IOException {
        try {
            PrintWriter out = spec.commandLine().getOut();
            int code = print(out, flags.client().send(spec.name(), form()));
            out.flush();
            return code;
        } catch (CommandRefused refused) {
            if (refused.isForToken()) {
                spec.commandLine().getErr().println("imap-notify-proxy: " + refused.getMessage());
                return TOKEN_REFUSED;
            }
            throw refused;
        }
    }

    Map<String, String> form() {
        return Map.of();
    }

    /** Returns the exit code. */
    abstract int print(PrintWriter out, Map<?, ?> answer);

    static int sessions(Map<?, ?> answer) {
        return answer.get("sessions") instanceof Integer count ? count : 0;
    }

    static String counted(int sessions) {
        return sessions + (sessions == 1 ? " session" : " sessions");
    }

    static int done() {
        return ExitCode.OK;
    }
}
