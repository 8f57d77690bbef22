package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.session.ClientMode.Busy;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.ClientMode.Continuing;
import org.imapnotify.session.ClientMode.MoreSaid;
import org.imapnotify.session.ClientMode.MoreWanted;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.ClientMode.SaslData;
import org.imapnotify.session.ClientMode.Securing;
import org.imapnotify.session.ClientMode.Unanswered;
import org.imapnotify.session.ClientMode.UpstreamIdle;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link ClientMode}: what becomes of the client's next line, and which mode follows. */
class ClientModeTest {
    private static final ClientMode COMMANDS = new Commands();

    /**
     * @param announces whether {@code {5}} at the end of a line is a literal
     * @param reply what the client is answered to a line that is not DONE
     */
    record Row(
            ClientMode mode,
            boolean announces,
            Verdict onLine,
            ClientMode afterLine,
            Verdict onDone,
            ClientMode afterDone,
            String reply) {}

    private static final ClientMode OWN_IDLE = new OwnIdle(tag("i"));
    private static final Command UNKNOWN = new Command(tag("c"), CommandName.OTHER, null, false);
    private static final ClientMode BUSY = new Busy(UNKNOWN);
    private static final ClientMode SASL_DATA = new SaslData(UNKNOWN);
    private static final ClientMode UPSTREAM_IDLE = new UpstreamIdle(UNKNOWN);
    private static final ClientMode UNANSWERED = new Unanswered(UNKNOWN);
    private static final ClientMode MORE_WANTED = new MoreWanted(UNKNOWN);
    private static final ClientMode MORE_SAID = new MoreSaid(UNKNOWN);
    private static final ClientMode CONTINUING = new Continuing(UNKNOWN);

    private static final List<Row> TABLE = List.of(
            new Row(COMMANDS, true, Verdict.FORWARD, COMMANDS, Verdict.FORWARD, COMMANDS, ""),
            new Row(BUSY, true, Verdict.HOLD, BUSY, Verdict.HOLD, BUSY, ""),
            new Row(SASL_DATA, false, Verdict.FORWARD, BUSY, Verdict.FORWARD, BUSY, ""),
            new Row(UPSTREAM_IDLE, false, Verdict.FORWARD, UPSTREAM_IDLE, Verdict.FORWARD, COMMANDS, ""),
            new Row(OWN_IDLE, false, Verdict.TAKE, COMMANDS, Verdict.TAKE, COMMANDS, "i BAD Expected DONE.\r\n"),
            new Row(UNANSWERED, true, Verdict.HOLD, UNANSWERED, Verdict.HOLD, UNANSWERED, ""),
            new Row(MORE_WANTED, false, Verdict.FORWARD, MORE_SAID, Verdict.FORWARD, MORE_SAID, ""),
            new Row(MORE_SAID, false, Verdict.HOLD, MORE_SAID, Verdict.HOLD, MORE_SAID, ""),
            new Row(CONTINUING, false, Verdict.FORWARD, CONTINUING, Verdict.FORWARD, CONTINUING, ""),
            new Row(new Securing(), true, Verdict.HOLD, new Securing(), Verdict.HOLD, new Securing(), ""));

    private final RecordingOutput out = new RecordingOutput();
    private final Session session = new Session(TestOptions.plain(), out, "p");

    static Stream<Row> table() {
        return TABLE.stream();
    }

    private static Tag tag(String tag) {
        return Tag.of(Unpooled.copiedBuffer(tag, StandardCharsets.US_ASCII), 0, tag.length());
    }

    @BeforeEach
    void authenticate() {
        session.onUpstreamConnected();
        ByteBuf greeting = buffer("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] hello\r\n");
        Fragmenter fragmenter = session.upstreamFragmenter();
        assertThat(fragmenter.next(greeting)).isTrue();
        session.onUpstreamFragment(greeting, fragmenter);
        greeting.skipBytes(fragmenter.length());
        fragmenter.consumed();
        out.client.setLength(0);
    }

    private static ByteBuf buffer(String octets) {
        return Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1);
    }

    private Verdict says(String line) {
        ByteBuf in = buffer(line);
        assertThat(session.clientFragmenter().next(in)).isTrue();
        return session.onClientFragment(in, session.clientFragmenter());
    }

    @Test
    void tableIsComplete() {
        Set<Class<?>> modes = TABLE.stream().map(row -> row.mode().getClass()).collect(Collectors.toSet());
        assertThat(modes).isEqualTo(states(ClientMode.class).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> states(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ClientModeTest::states)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("table")
    void line(Row row) {
        session.client().mode(row.mode());
        assertThat(says("a1 NOOP\r\n")).isEqualTo(row.onLine());
        assertThat(session.client().mode()).isEqualTo(row.afterLine());
        assertThat(out.client).hasToString(row.reply());
    }

    @ParameterizedTest
    @MethodSource("table")
    void done(Row row) {
        session.client().mode(row.mode());
        assertThat(says("done\r\n")).isEqualTo(row.onDone());
        assertThat(session.client().mode()).isEqualTo(row.afterDone());
        assertThat(out.client).hasToString(row.mode() instanceof OwnIdle ? "i OK Idle completed.\r\n" : "");
    }

    @ParameterizedTest
    @MethodSource("table")
    void literal(Row row) {
        session.client().mode(row.mode());
        ByteBuf in = buffer("a1 X {5}\r\n");
        assertThat(session.clientFragmenter().next(in)).isTrue();
        assertThat(session.clientFragmenter().literal()).isEqualTo(row.announces() ? 5 : -1);
    }
}
