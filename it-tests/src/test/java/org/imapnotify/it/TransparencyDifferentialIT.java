package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.imapnotify.it.Script.Conversation;
import org.imapnotify.it.ScriptRun.Batch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same octets said directly and through the proxy, by two users alike, get the same answers: with and without a NOTIFY
 * registration in force, in pieces of any length and pipelined at any depth. {@code -Dimapnotify.seed=N} repeats a run.
 */
@EnabledIfSystemProperty(
        named = "imapnotify.differential",
        matches = "true",
        disabledReason = "not every difference is explained yet; -Dimapnotify.differential=true runs it")
class TransparencyDifferentialIT {
    /** What the registration tells in between: no command of the script asks for these two items of this mailbox. */
    private static final Pattern TOLD = Pattern.compile("\\* STATUS Elsewhere \\(MESSAGES \\d+ UIDNEXT .*\r\n");

    private static final String GONE = "* BYE [UNAVAILABLE] the mail server closed the connection\r\n";
    private static final String REGISTRATION =
            "NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (mailboxes Elsewhere (MessageNew MessageExpunge))";

    private final long seed = Long.getLong("imapnotify.seed", new Random().nextInt(1_000_000));
    private int told;

    @ParameterizedTest
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @EnumSource(names = {"DOVECOT_LEGACY", "CYRUS"})
    void answersAreTheUpstreams(Variant variant) {
        try (LegacyServer server = LegacyServer.startForOne(variant);
                ProxyProcess proxy = ProxyProcess.before(server, ProxyProcess.POLL_INTERVAL, "100ms")) {
            System.out.println("[it] differential: -Dimapnotify.seed=" + seed);
            List<String> differences = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                boolean registered = round % 2 == 1;
                differences.addAll(differences(server, proxy, 2 * round + 1, registered, seed + round));
            }
            assertThat(differences).as("with -Dimapnotify.seed=" + seed).isEmpty();
            assertThat(told).as("events told in between").isPositive();
        }
    }

    private List<String> differences(
            LegacyServer server, ProxyProcess proxy, int firstUser, boolean registered, long runSeed) {
        String direct = "user" + firstUser;
        String proxied = "user" + (firstUser + 1);
        prepare(server, direct);
        prepare(server, proxied);
        List<Conversation> expected = Script.read(direct, "common").conversations();
        List<Conversation> actual = Script.read(proxied, "common").conversations();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            List<Batch> wanted = play(server, server.port(), direct, expected.get(i), false, runSeed + i);
            List<Batch> got = play(server, proxy.port(), proxied, actual.get(i), registered, runSeed + i);
            String title = expected.get(i).title() + (registered ? ", registered" : "");
            compare(title, direct, wanted, proxied, got, differences);
        }
        return differences;
    }

    private static void prepare(LegacyServer server, String user) {
        try (ImapTestClient client = ImapTestClient.loggedIn(server.port(), user)) {
            client.ok("CREATE Elsewhere");
        }
    }

    private static List<Batch> play(
            LegacyServer server, int port, String user, Conversation conversation, boolean registered, long seed) {
        try (ScriptRun run = new ScriptRun(port, seed)) {
            run.greeting();
            if (conversation.login()) {
                run.aside("LOGIN " + user + " " + LegacyServer.PASSWORD);
                if (registered) {
                    run.aside(REGISTRATION);
                }
                appendElsewhere(server, user);
            }
            return run.play(conversation.steps());
        }
    }

    private static void appendElsewhere(LegacyServer server, String user) {
        try (ImapTestClient writer = ImapTestClient.loggedIn(server.port(), user)) {
            writer.append("Elsewhere", Messages.withSubject("meanwhile"));
        }
    }

    private void compare(
            String title,
            String direct,
            List<Batch> wanted,
            String proxied,
            List<Batch> got,
            List<String> differences) {
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            List<String> expected = i < wanted.size() ? Masks.of(wanted.get(i), direct) : List.of();
            List<String> actual = i < got.size() ? Masks.of(got.get(i), proxied) : List.of();
            int all = actual.size();
            actual = actual.stream()
                    .filter(response -> !TOLD.matcher(response).matches())
                    .toList();
            told += all - actual.size();
            if (expected.contains("(closed)")) { // Cyrus may close without a word; then the proxy has one
                actual = actual.stream()
                        .filter(response -> !response.equals(GONE))
                        .toList();
            }
            if (!sameAnswers(expected, actual)) {
                differences.add("\n" + title + ", sent:\n"
                        + show(wanted.get(Math.min(i, wanted.size() - 1)).sent())
                        + "directly:\n" + show(String.join("", expected)) + "through the proxy:\n"
                        + show(String.join("", actual)));
            }
        }
    }

    /**
     * Dovecot completes pipelined FETCH, STORE, SEARCH and NOOP together with whichever of them it has read by then, so where
     * tagged responses stand among the others depends on time; all else has to be in order.
     */
    private static boolean sameAnswers(List<String> expected, List<String> actual) {
        return untagged(expected).equals(untagged(actual)) && sorted(expected).equals(sorted(actual));
    }

    private static List<String> untagged(List<String> responses) {
        return responses.stream()
                .filter(response -> response.startsWith("*") || response.startsWith("+"))
                .toList();
    }

    private static List<String> sorted(List<String> responses) {
        return responses.stream().sorted().toList();
    }

    private static String show(String octets) {
        return octets.replace("\r", "\\r").replace("\n", "\\n\n").replace("\0", "\\0") + "\n";
    }
}
