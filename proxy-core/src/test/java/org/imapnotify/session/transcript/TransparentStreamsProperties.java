package org.imapnotify.session.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Whatever a client and its server say to each other, each gets the octets that the other has sent: commands pipelined at any
 * depth, literals waited for and not waited for, refused ones, commands that nobody knows and that ask for lines of their own, in
 * any pieces.
 */
class TransparentStreamsProperties {
    private static final String GREETING = "* PREAUTH [CAPABILITY IMAP4rev1 IDLE LITERAL+ NOTIFY INPROGRESS] hello\r\n";

    /** One thing the client says, and what the upstream says once it has got all of it. */
    record Turn(String client, String upstream) {}

    @Property(tries = 400)
    void whatIsSentArrives(@ForAll("conversations") List<List<Turn>> commands, @ForAll long seed) {
        assertTransparent(commands, GREETING, Map.of(), seed);
    }

    @Property(tries = 200)
    void whatIsSentArrivesAroundALogin(
            @ForAll("logins") List<Turn> login, @ForAll("conversations") List<List<Turn>> commands, @ForAll long seed) {
        List<List<Turn>> all = new ArrayList<>(commands);
        all.add(0, login);
        // The proxy asks for capabilities that no login has told; here each tells them, and NOTIFY is the upstream's.
        assertTransparent(
                all,
                "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ NOTIFY INPROGRESS] hello\r\n",
                Map.of("notify", "off"),
                seed);
    }

    private static void assertTransparent(
            List<List<Turn>> commands, String greeting, Map<String, String> headers, long seed) {
        List<Turn> turns = tagged(commands);
        Stage stage = new Stage(new Transcript("generated", headers, List.of()));
        stage.connected();
        stage.said("up S", greeting);
        String sent = concatenated(turns, true);
        String answered = greeting + concatenated(turns, false);
        play(stage, turns, greeting.length(), sent, answered, new Random(seed));
        assertThat(stage.streams().from("up C", 0)).isEqualTo(sent);
        assertThat(stage.streams().from("S", 0)).isEqualTo(answered);
        assertThat(stage.ended()).isEmpty();
    }

    /** Client and upstream take turns at random; the upstream answers nothing before it has come. */
    private static void play(Stage stage, List<Turn> turns, int greeting, String sent, String answered, Random random) {
        int client = 0;
        int upstream = greeting;
        while (client < sent.length() || upstream < answered.length()) {
            int allowed = greeting + allowed(turns, stage.streams().length("up C"));
            if (client < sent.length() && (random.nextBoolean() || upstream >= allowed)) {
                int length = piece(random, sent.length() - client);
                stage.said("C", sent.substring(client, client + length));
                client += length;
            } else if (upstream < allowed) {
                int length = piece(random, allowed - upstream);
                stage.said("up S", answered.substring(upstream, upstream + length));
                upstream += length;
            } else {
                throw new AssertionError("the upstream waits for what the client has sent: got <"
                        + stage.streams().from("up C", 0) + "> of <" + sent + ">");
            }
        }
    }

    static int piece(Random random, int most) {
        return 1 + random.nextInt(random.nextInt(4) == 0 ? most : Math.min(most, 7));
    }

    /** How many octets the upstream may have answered when it has got so many. */
    private static int allowed(List<Turn> turns, int got) {
        int needed = 0;
        int allowed = 0;
        for (Turn turn : turns) {
            needed += turn.client().length();
            if (needed > got) {
                break;
            }
            allowed += turn.upstream().length();
        }
        return allowed;
    }

    static String concatenated(List<Turn> turns, boolean client) {
        StringBuilder octets = new StringBuilder();
        turns.forEach(turn -> octets.append(client ? turn.client() : turn.upstream()));
        return octets.toString();
    }

    /** {@code T} in a turn is the command's tag. */
    static List<Turn> tagged(List<List<Turn>> commands) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            for (Turn turn : commands.get(i)) {
                String tag = "t" + i;
                turns.add(new Turn(
                        turn.client().replace("<T>", tag), turn.upstream().replace("<T>", tag)));
            }
        }
        return turns;
    }

    @Provide
    Arbitrary<List<Turn>> logins() {
        String done = "<T> OK [CAPABILITY IMAP4rev1 IDLE NOTIFY] in\r\n";
        return Arbitraries.of(
                List.of(new Turn("<T> LOGIN user pass\r\n", done)),
                List.of(new Turn("<T> login \"us er\" {4+}\r\npass\r\n", done)),
                List.of(
                        new Turn("<T> LOGIN {4}\r\n", "+ \r\n"),
                        new Turn("user {4}\r\n", "+ more\r\n"),
                        new Turn("pass\r\n", done)),
                List.of(new Turn("<T> AUTHENTICATE PLAIN AHUAcA==\r\n", done)),
                List.of(new Turn("<T> AUTHENTICATE PLAIN\r\n", "+ \r\n"), new Turn("AHUAcA==\r\n", done)),
                List.of(
                        new Turn("<T> AUTHENTICATE X-MANY\r\n", "+ YQ==\r\n"),
                        new Turn("Yg==\r\n", "+ Yw==\r\n"),
                        new Turn("\r\n", "+ {5}\r\n"),
                        new Turn("ZA== {3}\r\n", done)));
    }

    @Provide
    Arbitrary<List<List<Turn>>> conversations() {
        return Arbitraries.oneOf(plain(), literals(), Arbitraries.of(others()))
                .list()
                .ofMaxSize(12);
    }

    static Arbitrary<List<Turn>> plain() {
        Arbitrary<String> commands = Arbitraries.of(
                "<T> NOOP\r\n",
                "<T> noop\n",
                "<T> SELECT one\r\n",
                "<T> FETCH 1:* (FLAGS BODY[])\r\n",
                "<T> FROB (\"{3}\" \\x\r\n",
                "<T> UID SEARCH ALL\r\n",
                "<T>  NOOP\r\n",
                "<T> STORE 1 +FLAGS (\\Seen)\r\n",
                "<T> APPEND x {6+}\r\na\r\nb{2}\r\n",
                "<T> APPEND x {3+}\r\nabc (\\Seen) {5+}\r\n{9}\r\n\r\n",
                "<T> LIST \"\" {0+}\r\n\r\n",
                "<T> APPEND x ~{4+}\r\n\0\r\n*\r\n");
        return turns(commands, answers());
    }

    private static Arbitrary<List<Turn>> turns(Arbitrary<String> commands, Arbitrary<String> answers) {
        return commands.flatMap(command -> answers.map(answer -> List.of(new Turn(command, answer))));
    }

    /** Synchronising literals, wanted and not. */
    static Arbitrary<List<Turn>> literals() {
        Arbitrary<String> octets = Arbitraries.strings()
                .withChars("ab \r\n{}+*3\0")
                .withCharRange('\u0080', '\u00ff')
                .ofMinLength(1)
                .ofMaxLength(300);
        Arbitrary<Boolean> wanted = Arbitraries.of(true, true, false);
        Arbitrary<Tuple2<String, Boolean>> literal = octets.flatMap(text -> wanted.map(want -> Tuple.of(text, want)));
        return literal.flatMap(chosen -> answers().map(answer -> {
            String head = "<T> APPEND x {" + chosen.get1().length() + "}\r\n";
            return chosen.get2()
                    ? List.of(new Turn(head, "+ go {7}\r\n"), new Turn(chosen.get1() + "\r\n", answer))
                    : List.of(new Turn(head, "<T> NO [TRYCREATE] not wanted {8}\r\n"));
        }));
    }

    private static Arbitrary<String> answers() {
        Arbitrary<String> untagged = Arbitraries.of(
                "* 3 EXISTS\r\n",
                "* 1 EXPUNGE\r\n",
                "* FLAGS (\\Seen)\r\n",
                "* 1 FETCH (FLAGS () BODY[] {5}\r\na\r\n* )\r\n",
                "* 2 FETCH (BODY[1] ~{3}\r\n\0\r\n X {0}\r\n)\n",
                "* SEARCH 1 2 3\r\n",
                "* OK {3}\r\n",
                "* OK [X-ODD \"]\"] text {4+}\r\n",
                "* STATUS x (MESSAGES {1}\r\n3)\r\n",
                "* STATUS \"x\" (MESSAGES 3)\r\n",
                "* LIST () \"/\" {3}\r\na\"b\r\n",
                "* X-FROB\r\n",
                "* VANISHED (EARLIER) 1:3\r\n",
                "* ENABLED CONDSTORE\r\n",
                "\r\n",
                "*\r\n");
        Arbitrary<String> tagged =
                Arbitraries.of("<T> OK done\r\n", "<T> NO [X (a)] {4}\r\n", "<T> BAD what\n", "<T> OK\r\n");
        return untagged.list().ofMaxSize(5).flatMap(lines -> tagged.map(last -> String.join("", lines) + last));
    }

    private static List<List<Turn>> others() {
        return List.of(
                List.of(
                        new Turn("<T> IDLE\r\n", "+ idling\r\n* 4 EXISTS\r\n"),
                        new Turn("DONE\r\n", "* 4 EXPUNGE\r\n<T> OK\r\n")),
                List.of(new Turn("<T> IDLE\r\n", "<T> NO no\r\n")),
                List.of(new Turn("<T> IDLE\r\n", "+ \r\n"), new Turn("done\n", "<T> OK\r\n")),
                List.of(new Turn("\r\n", "* BAD empty\r\n")),
                List.of(new Turn("* what\r\n", "* BAD tag\r\n")),
                List.of(new Turn("+\r\n", "* BAD tag\r\n")),
                List.of(new Turn("NOOP\r\n", "NOOP BAD what\r\n")),
                List.of(new Turn("<T> NOOP {3}\r\n", "<T> OK no argument is read\r\n")),
                List.of(new Turn("<T> X-ASK\r\n", "+ more\r\n"), new Turn("x LOGIN a {4}\r\n", "<T> OK\r\n")),
                List.of(
                        new Turn("<T> X-ASK {2}\r\n", "+ \r\n"),
                        new Turn("ab\r\n", "* OK {3}\r\n+ {2}\r\n"),
                        new Turn("x IDLE\r\n", "* 4 EXISTS\r\n+ again\r\n"),
                        new Turn("\r\n", "<T> NO never mind\r\n")));
    }
}
