package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imapnotify.it.ScriptedUpstream.Play;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients get when the upstream fails, in each phase of a session: a correct end, once, and the operator one line with cause
 * and side. Nothing is said to the upstream twice: no second connection is made for a session, no command is repeated.
 */
class UpstreamFaultsIT {
    private static final String UNAVAILABLE = "* BYE [UNAVAILABLE] ";
    private static final String BROKEN = UNAVAILABLE + "the mail server broke the protocol: ";
    private static final String UNREACHABLE = UNAVAILABLE + "the mail server cannot be reached: ";
    private static final String CLOSED = UNAVAILABLE + "the mail server closed the connection";
    private static final String ALERT = "\u0015\u0003\u0001\0\u0002\u0002F";

    private static ScriptedUpstream upstream;
    private static ProxyProcess proxy;
    private static SessionEnds ends;

    private int connections;

    @BeforeAll
    static void start() {
        upstream = new ScriptedUpstream();
        proxy = before("imap://127.0.0.1:" + upstream.port());
        ends = new SessionEnds(proxy);
    }

    private static ProxyProcess before(String url) {
        return ProxyProcess.beforeUrl(url, "--upstream-greeting-timeout", "1s");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void mark() {
        ends.mark();
        connections = upstream.connections();
    }

    // Before the client is greeted.

    @Test
    void nobodyListens() {
        try (ProxyProcess astray = before("imap://127.0.0.1:" + LegacyServer.freePort())) {
            assertRefused(astray, UNREACHABLE + "Connection refused");
            assertThat(new SessionEnds(astray).one("UPSTREAM_UNREACHABLE", "upstream"))
                    .contains("refused");
        }
    }

    @Test
    void itIsSilent() {
        assertGreetingFails(talk -> {}, UNREACHABLE + "no greeting within 1s", "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itsGreetingDoesNotEnd() {
        assertGreetingFails(
                talk -> talk.say("* OK [CAPABILITY IMAP4r"),
                UNREACHABLE + "no greeting within 1s",
                "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itClosesBeforeItHasGreeted() {
        String told = UNREACHABLE + "it closed the connection before its greeting";
        assertGreetingFails(ScriptedUpstream.Talk::close, told, "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itGreetsInAnotherProtocol() {
        String told = BROKEN + "no IMAP greeting";
        assertGreetingFails(talk -> talk.say("SSH-2.0-OpenSSH_9.2\r\n"), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itGreetsWithALineWithoutEnd() {
        String told = BROKEN + "no IMAP greeting";
        assertGreetingFails(talk -> talk.say("a".repeat(100_000)), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itGreetsWithNul() {
        String told = BROKEN + "NUL in the greeting";
        assertGreetingFails(talk -> talk.say("* OK re\0ady\r\n"), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itSaysGoodbye() {
        upstream.next(talk -> {
            talk.say("* BYE [UNAVAILABLE] full\r\n");
            talk.close();
        });
        assertRefused(proxy, "* BYE [UNAVAILABLE] full");
        assertThat(ends.one("UPSTREAM_BYE", "upstream")).contains("BYE [UNAVAILABLE] full");
    }

    /** A server of TLS alone answers plain text with an alert; it waits for the client, but for a PROXY header. */
    @Test
    void itsPortIsForTls() {
        try (ProxyProcess headed = ProxyProcess.beforeUrl(
                "imap://127.0.0.1:" + upstream.port(),
                "--upstream-proxy-protocol",
                "v1",
                "--upstream-greeting-timeout",
                "1s")) {
            upstream.next(talk -> {
                talk.tag();
                talk.say(ALERT);
                talk.close();
            });
            assertRefused(headed, UNREACHABLE + "it closed the connection before its greeting");
        }
    }

    @Test
    void itsPortIsForPlainText() {
        try (ProxyProcess secured = before("imaps://127.0.0.1:" + upstream.port())) {
            upstream.next(talk -> talk.say(ScriptedUpstream.GREETING));
            assertRefused(secured, UNREACHABLE + "TLS failed: it does not speak TLS");
        }
    }

    @Test
    void startTlsFails() {
        try (ProxyProcess starting = before("imap://127.0.0.1:" + upstream.port() + "?tls=starttls")) {
            for (String answer : List.of("NO not now\r\n", "BAD what\r\n")) {
                assertStartTlsFails(starting, answer, BROKEN + "STARTTLS is refused");
            }
            assertStartTlsFails(starting, "", UNAVAILABLE + "the mail server does not answer");
            assertStartTlsFails(starting, "OK\r\n* OK injected\r\n", BROKEN + "data behind the answer to STARTTLS");
            assertStartTlsFails(starting, "OK\r\n* CAPAB", BROKEN + "data behind the answer to STARTTLS");
            upstream.next(talk -> talk.say("* PREAUTH you are somebody\r\n"));
            assertRefused(starting, BROKEN + "PREAUTH where TLS is demanded");
            assertThat(starting.output()).doesNotContain("injected");
        }
    }

    private static void assertStartTlsFails(ProxyProcess starting, String answer, String told) {
        upstream.next(talk -> {
            talk.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
            String tag = talk.tag();
            if (!answer.isEmpty()) {
                talk.say(tag + " " + answer);
            }
        });
        assertRefused(starting, told);
        assertThat(upstream.heard()).matches("\\S+ STARTTLS\r\n");
    }

    /** The greeting is the failure; nothing of the upstream's own words reaches the client. */
    private void assertGreetingFails(Play play, String told, String cause) {
        upstream.next(play);
        assertRefused(proxy, told);
        ends.one(cause, "upstream");
        assertThat(upstream.connections()).isEqualTo(connections + 1);
        assertThat(upstream.heard()).isEmpty();
    }

    private static void assertRefused(ProxyProcess through, String told) {
        try (ImapTestClient client = ImapTestClient.open(through.port())) {
            assertThat(client.next(ImapTestClient.PATIENCE).text()).isEqualTo(told);
            assertThat(client.rest()).isEmpty();
        }
    }

    // The login.

    @Test
    void itDiesWhileItIsAskedAboutAPassword() {
        assertLoginFails(ScriptedUpstream.Talk::close, CLOSED, "UPSTREAM_CLOSED");
        mark();
        assertLoginFails(ScriptedUpstream.Talk::reset, CLOSED, "UPSTREAM_CLOSED");
    }

    @Test
    void itAnswersALoginWithGarbage() {
        assertLoginFails(talk -> talk.say(ALERT + "\r\n"), BROKEN + "no IMAP response", "UPSTREAM_PROTOCOL_ERROR");
        mark();
        assertLoginFails(
                talk -> talk.say("* CAPABILITY X\0Y\r\n"),
                BROKEN + "NUL among the capabilities",
                "UPSTREAM_PROTOCOL_ERROR");
        mark();
        assertLoginFails(
                talk -> talk.say("* CAPABILITY " + "X".repeat(100_000)),
                BROKEN + "CAPABILITY response too long",
                "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itSendsTheClientAwayInsteadOfAnswering() {
        assertLoginFails(
                talk -> {
                    talk.say("* BYE out of order\r\n");
                    talk.close();
                },
                "* BYE out of order",
                "UPSTREAM_BYE");
    }

    private void assertLoginFails(Play fault, String told, String cause) {
        upstream.next(talk -> {
            talk.say(ScriptedUpstream.GREETING);
            talk.tag();
            fault.with(talk);
        });
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.raw("a1 LOGIN ann secret\r\na2 SELECT INBOX\r\n");
            assertThat(client.next(ImapTestClient.PATIENCE).text()).isEqualTo(told);
            assertThat(client.rest()).isEmpty();
        }
        ends.one(cause, "upstream");
        assertThat(upstream.connections()).isEqualTo(connections + 1);
        assertThat(upstream.heard()).isEqualTo("a1 LOGIN ann secret\r\n");
        assertThat(proxy.output()).doesNotContain("secret");
    }

    // The session.

    @Test
    void itDiesInTheMiddleOfACommand() {
        assertSessionEnds(
                "a1 FETCH 1:2 FLAGS\r\n",
                talk -> {
                    talk.tag();
                    talk.say("* 1 FETCH (FLAGS ())\r\n");
                    talk.close();
                },
                "* 1 FETCH (FLAGS ())\r\n" + CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
    }

    @Test
    void itDiesInTheMiddleOfALine() {
        assertSessionEnds(
                "a1 NOOP\r\n",
                talk -> {
                    talk.tag();
                    talk.say("* 3 EXI");
                    talk.close();
                },
                CLOSED + "\r\n", // the half line was never passed on
                "UPSTREAM_CLOSED");
    }

    /** A BYE would be taken for the message's text. */
    @Test
    void itDiesInTheMiddleOfALiteral() {
        String half = "* 1 FETCH (BODY[] {1000}\r\n" + "x".repeat(500);
        assertSessionEnds(
                "a1 FETCH 1 BODY[]\r\n",
                talk -> {
                    talk.tag();
                    talk.say(half);
                    talk.close();
                },
                half,
                "UPSTREAM_CLOSED");
    }

    @Test
    void itDiesBeforeItHasAskedForAMessage() {
        assertSessionEnds(
                "a1 APPEND INBOX {1000}\r\n",
                talk -> {
                    talk.tag();
                    talk.close();
                },
                CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
        assertThat(upstream.heard()).endsWith("a1 APPEND INBOX {1000}\r\n");
    }

    @Test
    void itDiesWhileItIsGivenAMessage() {
        assertSessionEnds(
                "a1 APPEND INBOX {1000+}\r\n" + "y".repeat(400),
                talk -> {
                    talk.tag();
                    talk.hear(400);
                    talk.reset();
                },
                CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
        assertThat(upstream.heard()).endsWith("a1 APPEND INBOX {1000+}\r\n" + "y".repeat(400));
    }

    @Test
    void itSaysGarbage() {
        assertBreaks(ALERT + "\r\n", "no IMAP response");
    }

    @Test
    void itCountsALiteralThatNobodyCan() {
        assertBreaks("* 1 FETCH (BODY[] {99999999999999999999}\r\n", "Literal length out of range");
    }

    private void assertBreaks(String octets, String why) {
        assertSessionEnds(
                "a1 NOOP\r\n",
                talk -> {
                    talk.tag();
                    talk.say(octets);
                },
                BROKEN + why + "\r\n",
                "UPSTREAM_PROTOCOL_ERROR");
    }

    /** What is odd but no danger goes on: lines longer than any buffer, NUL, counts that count nothing. */
    @Test
    void whatIsOddGoesOn() {
        String odd = "* SEARCH " + "1 ".repeat(200_000) + "\r\n* OK N\0L \u00e4\r\n* 1 FETCH (BODY[] {-1}\r\n";
        assertSessionEnds(
                "a1 SEARCH ALL\r\n",
                talk -> {
                    talk.tag();
                    talk.say(odd);
                    talk.close();
                },
                odd + CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
    }

    private void assertSessionEnds(String said, Play fault, String told, String cause) {
        upstream.next(talk -> {
            talk.logIn();
            fault.with(talk);
        });
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "ann")) {
            client.raw(said);
            assertThat(client.rest()).isEqualTo(told);
        }
        assertThat(ends.one(cause, "upstream")).contains(" user=ann ");
        assertThat(upstream.connections()).isEqualTo(connections + 1);
        assertThat(upstream.heard().split("\r\n", 2)[1]).isEqualTo(said);
    }
}
