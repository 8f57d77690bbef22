package org.imapnotify.app;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trace}: what one user's clients and the upstream say to each other, for a while. */
@Command(
        name = "trace",
        description =
                "Write what the sessions of a user say to the proxy's log or, with --log-trace-folder, to a file, for a time;"
                        + " logins and literals are masked.")
final class TraceCommand extends UserCommand {
    @Option(
            names = "--for",
            required = true,
            paramLabel = "TIME",
            description = "How long: 30s, 10m, up to 1h; 0s ends a trace.")
    private String time = "";

    @Override
    Map<String, String> form() {
        Durations.parse("for", time);
        return Map.of("user", user(), "for", time);
    }

    @Override
    String told(int sessions, Map<?, ?> answer) {
        return time.equals("0s")
                ? "trace of " + user() + " ended"
                : counted(sessions) + " of " + user() + " traced for " + time + ", and those that come, to "
                        + answer.get("place");
    }
}
