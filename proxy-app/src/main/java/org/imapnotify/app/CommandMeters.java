package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.imapnotify.wire.CommandName;
import org.jspecify.annotations.Nullable;

/** What clients ask, and what became of it. */
final class CommandMeters {
    private static final String SUCCESS = "ok";
    private static final Set<String> RESULTS = Set.of(SUCCESS, "no", "bad", "lost");
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
    private final Map<CommandName, Counter> succeeded = new EnumMap<>(CommandName.class);
    private final Map<CommandName, ByLabel<Counter>> done = new EnumMap<>(CommandName.class);
    private final ByLabel<ByLabel<Counter>> authentications;
    private final ByLabel<Counter> parserErrors;
    private final Timer authenticationTimes;
    private final Counter loginDelays;

    CommandMeters(Meters meters) {
        for (CommandName name : CommandName.values()) {
            String command = Label.of(name);
            received.put(name, meters.counter("commands.received", "Commands that arrived", "command", command));
            ByLabel<Counter> results = results(meters, command);
            succeeded.put(name, results.of(SUCCESS));
            done.put(name, results);
        }
        authentications = ByLabel.all(MECHANISMS, mechanism -> attempts(meters, mechanism));
        authenticationTimes = meters.timer("auth.duration", "From LOGIN or AUTHENTICATE to its answer");
        loginDelays = meters.counter("login.delays", "Logins that waited because others from their address failed");
        parserErrors = ByLabel.all(
                ConnectionMeters.SIDES,
                side -> meters.counter("parser.errors", "Lines that are not IMAP, by who sent them", "side", side));
    }

    /** Only the result that most have is there from the start: with all of them a scrape would be mostly zeros. */
    private static ByLabel<Counter> results(Meters meters, String command) {
        return ByLabel.whenSeen(
                RESULTS,
                result -> meters.counter(
                        "commands", "Commands that were answered", "command", command, "result", result));
    }

    private static ByLabel<Counter> attempts(Meters meters, String mechanism) {
        return ByLabel.all(
                Label.OUTCOMES,
                outcome -> meters.counter(
                        "auth.attempts", "Attempts to log in", "mechanism", mechanism, "outcome", outcome));
    }

    void received(CommandName name) {
        increment(received.get(name));
    }

    /** Nearly all commands succeed, and there are many: their meters are found without a search by name. */
    void done(CommandName name, String result) {
        if (result.equals(SUCCESS)) {
            increment(succeeded.get(name));
            return;
        }
        ByLabel<Counter> results = done.get(name);
        if (results != null) {
            results.of(result).increment();
        }
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    void authentication(String mechanism, boolean success) {
        authentications
                .of(mechanism.toLowerCase(Locale.ROOT))
                .of(Label.outcome(success))
                .increment();
    }

    void authenticationTime(long nanos) {
        authenticationTimes.record(nanos, TimeUnit.NANOSECONDS);
    }

    void loginDelayed() {
        loginDelays.increment();
    }

    void parserError(String side) {
        parserErrors.of(side).increment();
    }
}
