package org.imapnotify.session.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.imapnotify.session.transcript.TransparentStreamsProperties.Turn;

/**
 * With a registration in force the proxy has commands of its own on the same connection, between those of the client. What the
 * client says still arrives octet for octet when these are taken out, and what is answered to it comes back whole, in its order and
 * with nothing added, whenever the proxy begins to idle and has to stop.
 */
class RegisteredStreamsProperties {
    private static final String CAPABILITY = "[CAPABILITY IMAP4rev1 IDLE LITERAL+ INPROGRESS]";
    private static final Duration LONGER_THAN_QUIET = Duration.ofMillis(60);

    @Property(tries = 400)
    void whatIsSentArrives(@ForAll("conversations") List<List<Turn>> commands, @ForAll long seed) {
        List<Turn> turns = TransparentStreamsProperties.tagged(commands);
        Stage stage = new Stage(new Transcript("generated", Map.of(), List.of()));
        register(stage);
        int told = stage.streams().length("S");
        SimulatedUpstream upstream = new SimulatedUpstream(stage, turns);
        play(stage, upstream, turns, new Random(seed));
        assertThat(upstream.heard()).isEqualTo(TransparentStreamsProperties.concatenated(turns, true));
        assertThat(stage.streams().from("S", told)).isEqualTo(TransparentStreamsProperties.concatenated(turns, false));
        assertThat(stage.ended()).isEmpty();
    }

    private static void register(Stage stage) {
        stage.connected();
        stage.said("up S", "* OK " + CAPABILITY + " hello\r\n");
        stage.said("C", "l LOGIN user pass\r\n");
        stage.said("up S", "l OK " + CAPABILITY + " in\r\n");
        stage.said("C", "n NOTIFY SET (SELECTED (MessageNew MessageExpunge))\r\n");
        assertThat(stage.streams().from("S", 0)).endsWith("n OK NOTIFY completed.\r\n");
    }

    private static void play(Stage stage, SimulatedUpstream upstream, List<Turn> turns, Random random) {
        String sent = TransparentStreamsProperties.concatenated(turns, true);
        String answers = TransparentStreamsProperties.concatenated(turns, false);
        int client = 0;
        int answered = 0;
        while (client < sent.length() || answered < answers.length()) {
            upstream.serveOwn();
            int allowed = upstream.allowed();
            if (answered == allowed && random.nextInt(3) == 0) {
                stage.passes(LONGER_THAN_QUIET);
            } else if (client < sent.length() && (random.nextBoolean() || answered == allowed)) {
                int length = TransparentStreamsProperties.piece(random, sent.length() - client);
                stage.said("C", sent.substring(client, client + length));
                client += length;
            } else if (answered < allowed) {
                int length = TransparentStreamsProperties.piece(random, allowed - answered);
                stage.said("up S", answers.substring(answered, answered + length));
                answered += length;
            } else if (!upstream.hasNews()) {
                throw new AssertionError("stuck; the upstream got <" + upstream.heard() + "> of <" + sent + ">");
            }
        }
        upstream.serveOwn();
    }

    @Provide
    Arbitrary<List<List<Turn>>> conversations() {
        return Arbitraries.oneOf(TransparentStreamsProperties.plain(), TransparentStreamsProperties.literals())
                .filter(RegisteredStreamsProperties::isAsRegistered)
                .list()
                .ofMaxSize(12);
    }

    /** Flags that no command has asked for are not told: FlagChange is not registered (RFC 5465 section 5.1). */
    private static boolean isAsRegistered(List<Turn> turns) {
        boolean asks = turns.get(0).client().matches("(?s).*(FETCH|STORE).*");
        return asks || turns.stream().noneMatch(turn -> turn.upstream().contains(" FETCH ("));
    }
}
