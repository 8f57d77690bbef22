package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Fragmenter.Direction;
import org.imapnotify.wire.Fragmenter.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Octets as they come in, lines as an operator sees them. */
class SessionTraceTest {
    private static final Limits LIMITS = new Limits(4000, 4000, 1_000_000);
    private static final long FOR_LONG = Long.MAX_VALUE / 2;

    private final List<String> lines = new ArrayList<>();
    private final SessionTrace trace = new SessionTrace("", System.nanoTime() + FOR_LONG, lines::add);
    private final Fragmenter client = new Fragmenter(Direction.CLIENT, LIMITS);
    private final Fragmenter upstream = new Fragmenter(Direction.UPSTREAM, LIMITS);
    private final ByteBuf said = Unpooled.buffer();

    @AfterEach
    void release() {
        said.release();
    }

    private void client(String octets) {
        said.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
        while (said.isReadable() && client.next(said)) {
            trace.client(said, client);
            said.skipBytes(client.length());
            client.consumed();
            if (client.awaitingGoAhead()) {
                client.goAhead();
            }
        }
    }

    private void upstream(String octets) {
        said.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
        while (said.isReadable() && upstream.next(said)) {
            trace.upstream(said, upstream);
            said.skipBytes(upstream.length());
            upstream.consumed();
        }
    }

    @Test
    void theSecretsOfALoginInLiteralsAreNotInIt() {
        client("a1 LOGIN {3}\r\nann {6}\r\nsecret\r\n");
        upstream("+ go ahead, ann\r\n+ go ahead, ann\r\na1 OK ann is in\r\n");
        client("a2 NOOP\r\n");
        assertThat(String.join("\n", lines)).doesNotContain("ann", "secret").contains("C: a1 LOGIN [masked]");
        assertThat(lines).contains("S: + [masked]", "S: a1 OK [masked]", "C: a2 NOOP");
    }

    @Test
    void theSecretsOfALoginInNonSynchronisingLiteralsAreNotInIt() {
        client("a1 LOGIN {3+}\r\nann \"se{4}cret\"\r\na2 NOOP\r\n");
        assertThat(String.join("\n", lines)).doesNotContain("ann", "cret");
    }

    @Test
    void theLinesOfAnAuthenticateAreNotInIt() {
        client("a1 AUTHENTICATE PLAIN\r\n");
        upstream("+ \r\n");
        client.rawLines(true);
        client("AGFubgBzZWNyZXQ=\r\n");
        client.rawLines(false);
        upstream("a1 NO AGFubgBzZWNyZXQ= is wrong\r\n");
        client("a2 AUTHENTICATE XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgdG9rZW4BAQ==\r\n");
        upstream("a2 OK\r\n");
        client("a3 CAPABILITY\r\n");
        assertThat(String.join("\n", lines)).doesNotContain("AGFubg", "dXNlcj");
        assertThat(lines)
                .contains("C: a1 AUTHENTICATE [masked]", "C: [masked]", "S: a1 NO [masked]", "C: a3 CAPABILITY");
    }

    @Test
    void whatAMessageSaysIsCountedAndNotShown() {
        client("a1 APPEND INBOX (\\Seen) {11}\r\nSubject: hi\r\n");
        upstream("* 1 FETCH (BODY[] {11}\r\nSubject: hi UID 7)\r\n");
        assertThat(lines)
                .containsExactly(
                        "C: a1 APPEND INBOX (\\Seen) {11} [11 octets not shown]",
                        "C: ",
                        "S: * 1 FETCH (BODY[] {11} [11 octets not shown]",
                        "S:  UID 7)");
    }

    @Test
    void aLineIsCutAndNothingInItEndsTheLogsLine() {
        client("a1 SEARCH TEXT \"" + "x".repeat(600) + "\"\r\n");
        client("a2 SEARCH TEXT \"\u001b[31m\r\"\n");
        assertThat(lines.get(0)).hasSizeLessThan(450).endsWith("[cut]");
        assertThat(lines.get(1)).doesNotContain("\u001b", "\r", "\n");
    }

    @Test
    void isOverWhenItsTimeIs() {
        assertThat(trace.isOver()).isFalse();
        assertThat(new SessionTrace("", System.nanoTime() - 1, lines::add).isOver())
                .isTrue();
    }
}
