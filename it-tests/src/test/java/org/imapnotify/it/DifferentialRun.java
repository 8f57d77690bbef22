package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.it.Script.Conversation;
import org.imapnotify.it.ScriptRun.Batch;

/** One user says a script directly and another, alike, says it through the proxy at the same time: their answers are compared. */
final class DifferentialRun {
    /** What the registration tells in between: no command of the script asks for these two items of this mailbox. */
    private static final Pattern TOLD = Pattern.compile(
            "\\* (STATUS Elsewhere \\(MESSAGES \\d+ UIDNEXT .*|LIST \\(\\\\NoAccess\\) \\S+ Elsewhere)\r\n");

    private static final String REGISTRATION =
            "NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (mailboxes Elsewhere (MessageNew MessageExpunge))";

    /** Dovecot 2.3: what another connection's STATUS or LIST-STATUS has seen half made counts as made by that one. */
    private static final Pattern CREATED_BESIDE_A_WATCHER =
            Pattern.compile("(t\\d+) NO \\[ALREADYEXISTS\\] Mailbox already exists\\.\r\n");

    private final LegacyServer server;
    private final boolean registered;
    private final long seed;
    private final List<String> differences = new ArrayList<>();
    private int told;

    DifferentialRun(LegacyServer server, boolean registered, long seed) {
        this.server = server;
        this.registered = registered;
        this.seed = seed;
    }

    List<String> differences() {
        return differences;
    }

    /** How many events came between the answers. */
    int told() {
        return told;
    }

    void play(String direct, String proxied, List<String> scripts) {
        try (Wiretap wiretap = new Wiretap(server.port());
                ProxyProcess proxy = ProxyProcess.beforeUrl(
                        "imap://" + LegacyServer.HOST + ":" + wiretap.port(), ProxyProcess.POLL_INTERVAL, "100ms")) {
            prepare(direct);
            prepare(proxied);
            String[] names = scripts.toArray(String[]::new);
            List<Conversation> expected = Script.read(direct, names).conversations();
            List<Conversation> actual = Script.read(proxied, names).conversations();
            for (int i = 0; i < expected.size(); i++) {
                int index = i;
                CompletableFuture<List<Batch>> wanted = CompletableFuture.supplyAsync(
                        () -> playDirectly(direct, expected.get(index), seed + index), Threads::start);
                List<Batch> got = playThrough(proxy, wiretap, proxied, actual.get(i), seed + i);
                compare(expected.get(i).title(), direct, wanted.join(), proxied, got);
            }
        }
    }

    private void prepare(String user) {
        try (ImapTestClient client = ImapTestClient.loggedIn(server.port(), user)) {
            client.ok("CREATE Elsewhere");
        }
    }

    private List<Batch> playDirectly(String user, Conversation conversation, long runSeed) {
        try (ScriptRun run = new ScriptRun(server.port(), runSeed)) {
            begin(run, user, conversation, false);
            return run.play(conversation.steps());
        }
    }

    private List<Batch> playThrough(
            ProxyProcess proxy, Wiretap wiretap, String user, Conversation conversation, long runSeed) {
        int before = wiretap.count();
        try (ScriptRun run = new ScriptRun(proxy.port(), runSeed)) {
            begin(run, user, conversation, registered);
            List<Batch> batches = run.play(conversation.steps());
            if (!registered) {
                String beginning =
                        run.said().substring(0, Math.min(6, run.said().length()));
                differences.addAll(
                        new OnTheWire(conversation.title(), run, wiretap.after(before, beginning)).differences());
            }
            return batches;
        }
    }

    private void begin(ScriptRun run, String user, Conversation conversation, boolean registers) {
        run.greeting();
        if (conversation.login()) {
            run.aside("LOGIN " + user + " " + LegacyServer.PASSWORD);
            if (registers) {
                run.aside(REGISTRATION);
            }
            try (ImapTestClient writer = ImapTestClient.loggedIn(server.port(), user)) {
                writer.append("Elsewhere", Messages.withSubject("meanwhile"));
            }
        }
    }

    private void compare(String title, String direct, List<Batch> wanted, String proxied, List<Batch> got) {
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            List<String> expected = i < wanted.size() ? Masks.of(wanted.get(i), direct) : List.of();
            List<String> actual = i < got.size() ? Masks.of(got.get(i), proxied) : List.of();
            if (registered) {
                actual = unregistered(expected, actual);
            }
            if (expected.contains("(closed)")) {
                actual = without(actual, response -> response.equals(Masks.GONE));
            }
            if (!Answers.areSame(expected, actual)) {
                String sent = wanted.get(Math.min(i, wanted.size() - 1)).sent();
                differences.add("\n" + title + (registered ? ", registered" : "") + ", sent:\n" + Answers.show(sent)
                        + "directly:\n" + Answers.show(String.join("", expected)) + "through the proxy:\n"
                        + Answers.show(String.join("", actual)) + "alone directly: "
                        + Answers.show(without(expected, actual::contains).toString()) + "alone through the proxy: "
                        + Answers.show(without(actual, expected::contains).toString()));
            }
        }
    }

    /** What the answers would be without the registration. */
    private List<String> unregistered(List<String> expected, List<String> actual) {
        List<String> rest = without(actual, response -> TOLD.matcher(response).matches());
        told += actual.size() - rest.size();
        return rest.stream()
                .map(response -> {
                    Matcher created = CREATED_BESIDE_A_WATCHER.matcher(response);
                    String done = created.matches() ? created.group(1) + " OK Create completed.\r\n" : "";
                    return expected.contains(done) ? done : response;
                })
                .toList();
    }

    private static List<String> without(List<String> responses, Predicate<String> what) {
        return responses.stream().filter(what.negate()).toList();
    }

    /** Threads that end with their work. */
    private static final class Threads {
        private Threads() {}

        static void start(Runnable work) {
            Thread thread = new Thread(work, "differential");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
