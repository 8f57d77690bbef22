package org.imapnotify.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.Operations;
import org.imapnotify.netty.ProxyServer;
import org.imapnotify.netty.ProxyStatus;

/** What operators may command over the management port, by the last word of its path. Answers are JSON. */
final class Commands {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_TRACE = Duration.ofHours(1);

    /** Does what a form asks for; what it tells becomes the answer. */
    interface Command {
        Map<String, Object> run(Map<String, String> form);
    }

    private final ProxyServer server;
    private final Operations operations;
    private final Runnable drain;
    private final TraceOutput traces;

    /** @param drain begins to end the process, and returns at once */
    Commands(ProxyServer server, Runnable drain, TraceOutput traces) {
        this.server = server;
        this.operations = server.operations();
        this.drain = drain;
        this.traces = traces;
    }

    Map<String, Command> all() {
        return Map.of(
                "sessions",
                this::sessions,
                "kick",
                form -> touched(operations.kick(user(form))),
                "pause",
                form -> touched(operations.pause(user(form))),
                "resume",
                form -> touched(operations.resume(user(form))),
                "trace",
                this::trace,
                "drain",
                this::drain);
    }

    private Map<String, Object> sessions(Map<String, String> form) {
        List<Map<String, Object>> shown = server.status(PATIENCE).sessions().stream()
                .map(Commands::session)
                .toList();
        return Map.of("sessions", shown, "paused", operations.paused());
    }

    private static Map<String, Object> session(ProxyStatus.Session session) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", session.id());
        shown.put("user", session.user());
        shown.put("client", session.client());
        shown.put("listener", session.listener());
        shown.put("since", session.since());
        shown.put("notify", session.notified());
        return shown;
    }

    private Map<String, Object> trace(Map<String, String> form) {
        String text = form.getOrDefault("for", "");
        Duration time = text.equals("0s") ? Duration.ZERO : Durations.parse("for", text);
        if (time.compareTo(LONGEST_TRACE) > 0) {
            throw new InvalidOptionException("for", text, "a time up to 1h, or 0s to end a trace");
        }
        String user = user(form);
        if (time.isZero()) {
            int sessions = operations.trace(user, time, line -> {});
            traces.end(user);
            return touched(sessions);
        }
        TraceOutput.Begun begun = traces.begin(user, time);
        return Map.of("sessions", operations.trace(user, time, begun.lines()), "place", begun.place());
    }

    private Map<String, Object> drain(Map<String, String> form) {
        int sessions = server.sessions();
        drain.run();
        return touched(sessions);
    }

    private static Map<String, Object> touched(int sessions) {
        return Map.of("sessions", sessions);
    }

    private static String user(Map<String, String> form) {
        String user = form.getOrDefault("user", "");
        if (user.isEmpty()) {
            throw new InvalidOptionException("user", "", "the name of a user, as at login");
        }
        return user;
    }
}
