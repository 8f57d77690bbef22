package org.imapnotify.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code sessions}: who is connected. */
@Command(name = "sessions", description = "List the sessions of a running proxy.")
final class SessionsCommand extends OperatorCommand {
    private static final String COLUMNS = "%-10s %-24s %-24s %-6s %-7s %s%n";

    @Override
    int print(PrintWriter out, Map<?, ?> answer) {
        out.printf(COLUMNS, "SESSION", "USER", "CLIENT", "ON", "NOTIFY", "FOR");
        Instant now = Instant.now();
        list(answer, "sessions").forEach(session -> line(out, (Map<?, ?>) session, now));
        List<?> paused = list(answer, "paused");
        if (!paused.isEmpty()) {
            out.println("Watching is paused: " + Printable.of(String.valueOf(paused)));
        }
        return done();
    }

    private static List<?> list(Map<?, ?> answer, String key) {
        return answer.get(key) instanceof List<?> list ? list : List.of();
    }

    private static void line(PrintWriter out, Map<?, ?> session, Instant now) {
        String user = text(session, "user");
        Duration age = Duration.between(Instant.parse(text(session, "since")), now);
        out.printf(
                COLUMNS,
                text(session, "id"),
                user.isEmpty() ? "-" : user,
                text(session, "client"),
                text(session, "listener"),
                Boolean.TRUE.equals(session.get("notify")) ? "yes" : "no",
                age.toSeconds() + "s");
    }

    private static String text(Map<?, ?> session, String key) {
        return Printable.of(String.valueOf(session.get(key)));
    }
}
