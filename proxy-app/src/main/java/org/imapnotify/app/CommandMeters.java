package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.imapnotify.wire.CommandName;

/** What clients ask, and what became of it. */
final class CommandMeters {
    private static final Set<String> RESULTS = Set.of("ok", "no", "bad", "lost");
    private static final Set<String> MECHANISMS = Set.of(
            "login",
            "plain",
            "external",
            "oauthbearer",
            "xoauth2",
            "cram-md5",
            "digest-md5",
            "scram-sha-1",
            "scram-sha-256",
            "ntlm",
            "gssapi");

    private final Map<CommandName, Counter> received = new EnumMap<>(CommandName.class);
    private final Map<CommandName, ByLabel<Counter>> done = new EnumMap<>(CommandName.class);
    private final ByLabel<ByLabel<Counter>> authentications;
    private final ByLabel<Counter> parserErrors;

    CommandMeters(Meters meters) {
        for (CommandName name : CommandName.values()) {
            String command = Label.of(name);
            received.put(name, meters.counter("commands.received", "Commands that arrived", "command", command));
            done.put(name, results(meters, command));
        }
        authentications = ByLabel.all(MECHANISMS, mechanism -> attempts(meters, mechanism));
        parserErrors = ByLabel.all(
                ConnectionMeters.SIDES,
                side -> meters.counter("parser.errors", "Lines that are not IMAP, by who sent them", "side", side));
    }

    /** Only the result that most have is there from the start: with all of them a scrape would be mostly zeros. */
    private static ByLabel<Counter> results(Meters meters, String command) {
        ByLabel<Counter> results = ByLabel.whenSeen(
                RESULTS,
                result -> meters.counter(
                        "commands", "Commands that were answered", "command", command, "result", result));
        results.of("ok");
        return results;
    }

    private static ByLabel<Counter> attempts(Meters meters, String mechanism) {
        return ByLabel.all(
                Label.OUTCOMES,
                outcome -> meters.counter(
                        "auth.attempts", "Attempts to log in", "mechanism", mechanism, "outcome", outcome));
    }

    void received(CommandName name) {
        Counter counter = received.get(name);
        if (counter != null) {
            counter.increment();
        }
    }

    void done(CommandName name, String result) {
        ByLabel<Counter> results = done.get(name);
        if (results != null) {
            results.of(result).increment();
        }
    }

    void authentication(String mechanism, boolean success) {
        authentications
                .of(mechanism.toLowerCase(Locale.ROOT))
                .of(Label.outcome(success))
                .increment();
    }

    void parserError(String side) {
        parserErrors.of(side).increment();
    }
}
