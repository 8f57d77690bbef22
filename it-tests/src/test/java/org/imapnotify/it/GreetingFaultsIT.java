package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imapnotify.it.ScriptedUpstream.Play;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients and operators get of an upstream that fails before the client is greeted. */
class GreetingFaultsIT {
    @RegisterExtension
    private static final FaultStage STAGE = new FaultStage();

    @Test
    void nobodyListens() {
        try (ProxyProcess astray = FaultStage.before("imap://127.0.0.1:" + LegacyServer.freePort())) {
            assertRefused(astray, FaultStage.UNREACHABLE + "Connection refused");
            assertThat(new SessionEnds(astray).one("UPSTREAM_UNREACHABLE", "upstream"))
                    .contains("refused");
        }
    }

    @Test
    void itIsSilent() {
        assertGreetingFails(talk -> {}, FaultStage.UNREACHABLE + "no greeting within 1s", "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itsGreetingDoesNotEnd() {
        assertGreetingFails(
                talk -> talk.say("* OK [CAPABILITY IMAP4r"),
                FaultStage.UNREACHABLE + "no greeting within 1s",
                "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itClosesBeforeItHasGreeted() {
        String told = FaultStage.UNREACHABLE + "it closed the connection before its greeting";
        assertGreetingFails(ScriptedUpstream.Talk::close, told, "UPSTREAM_UNREACHABLE");
    }

    @Test
    void itGreetsInAnotherProtocol() {
        String told = FaultStage.BROKEN + "no IMAP greeting";
        assertGreetingFails(talk -> talk.say("SSH-2.0-OpenSSH_9.2\r\n"), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itGreetsWithALineWithoutEnd() {
        String told = FaultStage.BROKEN + "no IMAP greeting";
        assertGreetingFails(talk -> talk.say("a".repeat(100_000)), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itGreetsWithNul() {
        String told = FaultStage.BROKEN + "NUL in the greeting";
        assertGreetingFails(talk -> talk.say("* OK re\0ady\r\n"), told, "UPSTREAM_PROTOCOL_ERROR");
    }

    @Test
    void itSaysGoodbye() {
        STAGE.upstream().next(talk -> {
            talk.say("* BYE [UNAVAILABLE] full\r\n");
            talk.close();
        });
        assertRefused(STAGE.proxy(), "* BYE [UNAVAILABLE] full");
        assertThat(STAGE.assertEnded("UPSTREAM_BYE")).contains("BYE [UNAVAILABLE] full");
    }

    /** A server of TLS alone answers plain text with an alert; it waits for the client, but for a PROXY header. */
    @Test
    void itsPortIsForTls() {
        try (ProxyProcess headed = ProxyProcess.beforeUrl(
                "imap://127.0.0.1:" + STAGE.upstream().port(),
                "--upstream-proxy-protocol",
                "v1",
                "--upstream-greeting-timeout",
                "1s")) {
            STAGE.upstream().next(talk -> {
                talk.tag();
                talk.say(FaultStage.ALERT);
                talk.close();
            });
            assertRefused(headed, FaultStage.UNREACHABLE + "it closed the connection before its greeting");
        }
    }

    @Test
    void itsPortIsForPlainText() {
        try (ProxyProcess secured =
                FaultStage.before("imaps://127.0.0.1:" + STAGE.upstream().port())) {
            STAGE.upstream().next(talk -> talk.say(ScriptedUpstream.GREETING));
            assertRefused(secured, FaultStage.UNREACHABLE + "TLS failed: it does not speak TLS");
        }
    }

    @Test
    void startTlsFails() {
        try (ProxyProcess starting =
                FaultStage.before("imap://127.0.0.1:" + STAGE.upstream().port() + "?tls=starttls")) {
            for (String answer : List.of("NO not now\r\n", "BAD what\r\n")) {
                assertStartTlsFails(starting, answer, FaultStage.BROKEN + "STARTTLS is refused");
            }
            assertStartTlsFails(starting, "", FaultStage.UNAVAILABLE + "the mail server does not answer");
            assertStartTlsFails(
                    starting, "OK\r\n* OK injected\r\n", FaultStage.BROKEN + "data behind the answer to STARTTLS");
            assertStartTlsFails(starting, "OK\r\n* CAPAB", FaultStage.BROKEN + "data behind the answer to STARTTLS");
            STAGE.upstream().next(talk -> talk.say("* PREAUTH you are somebody\r\n"));
            assertRefused(starting, FaultStage.BROKEN + "PREAUTH where TLS is demanded");
            assertThat(starting.output()).doesNotContain("injected");
        }
    }

    private static void assertStartTlsFails(ProxyProcess starting, String answer, String told) {
        STAGE.upstream().next(talk -> {
            talk.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
            String tag = talk.tag();
            if (!answer.isEmpty()) {
                talk.say(tag + " " + answer);
            }
        });
        assertRefused(starting, told);
        assertThat(STAGE.upstream().heard()).matches("\\S+ STARTTLS\r\n");
    }

    /** The greeting is the failure; nothing of the upstream's own words reaches the client. */
    private void assertGreetingFails(Play play, String told, String cause) {
        STAGE.upstream().next(play);
        assertRefused(STAGE.proxy(), told);
        STAGE.assertEnded(cause);
        assertThat(STAGE.upstream().heard()).isEmpty();
    }

    private static void assertRefused(ProxyProcess through, String told) {
        try (ImapTestClient client = ImapTestClient.open(through.port())) {
            assertThat(client.next(ImapTestClient.PATIENCE).text()).isEqualTo(told);
            assertThat(client.rest()).isEmpty();
        }
    }
}
