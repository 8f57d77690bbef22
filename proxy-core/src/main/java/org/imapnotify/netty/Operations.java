package org.imapnotify.netty;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an operator does to one user of a running proxy. Users are named as their clients named them at login, or as log lines
 * show them. Thread-safe.
 */
public final class Operations {
    private final ProxyContext context;

    Operations(ProxyContext context) {
        this.context = context;
    }

    /** Says BYE to the user's sessions, and tells how many they are. They may come back at once. */
    public int kick(String user) {
        List<SessionLink> sessions = sessionsOf(asShown(user));
        sessions.forEach(SessionLink::kick);
        return sessions.size();
    }

    /**
     * Closes the watch connections of the user's account and opens none until {@link #resume}: what changes meanwhile in mailboxes
     * that are not selected is told then.
     *
     * @return how many sessions wait for news of them
     */
    public int pause(String user) {
        return pause(asShown(user), true);
    }

    /** Ends {@link #pause}; tells how many sessions hear of changes again. */
    public int resume(String user) {
        return pause(asShown(user), false);
    }

    private int pause(String shown, boolean on) {
        return context.services().stream()
                .mapToInt(service -> service.accounts().pause(shown, on))
                .sum();
    }

    /** Whose watching is paused. */
    public List<String> paused() {
        return context.services().stream()
                .flatMap(service -> service.accounts().paused().stream())
                .distinct()
                .toList();
    }

    /**
     * Gives the conversations of the user's sessions, those that log in later included, line by line and without secrets, until
     * the time is over; a trace of the same user that there is ends. Lines come on event loops.
     *
     * @return how many sessions are connected now
     */
    public int trace(String user, Duration time, Consumer<String> lines) {
        String shown = asShown(user);
        context.traces().begin(shown, time, lines);
        List<SessionLink> sessions = sessionsOf(shown);
        sessions.forEach(SessionLink::traceLater);
        return sessions.size();
    }

    private List<SessionLink> sessionsOf(String shown) {
        return context.sessions().stream()
                .filter(session -> session.status().user().equals(shown))
                .toList();
    }

    /** An operator types characters, a login is octets; or the operator has copied what is escaped already. */
    private static String asShown(String user) {
        return user.contains("\\x")
                ? user
                : LogText.of(new String(user.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
