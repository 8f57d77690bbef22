package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.imapnotify.it.ScriptedUpstream.Play;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What clients get when the upstream fails in the middle of a session, see {@link GreetingFaultsIT} for its beginning: a correct end,
 * once, and the operator one line with cause and side. Nothing is said to the upstream twice: no second connection is made for a
 * session, no command is repeated.
 */
class UpstreamFaultsIT {
    @RegisterExtension
    private static final FaultStage STAGE = new FaultStage();

    // The login.

    @Test
    void itDiesWhileItIsAskedAboutAPassword() {
        assertLoginFails(ScriptedUpstream.Talk::close, FaultStage.CLOSED, "UPSTREAM_CLOSED");
        STAGE.mark();
        assertLoginFails(ScriptedUpstream.Talk::reset, FaultStage.CLOSED, "UPSTREAM_CLOSED");
    }

    @Test
    void itAnswersALoginWithGarbage() {
        assertLoginFails(
                talk -> talk.say(FaultStage.ALERT + "\r\n"),
                FaultStage.BROKEN + "no IMAP response",
                "UPSTREAM_PROTOCOL_ERROR");
        STAGE.mark();
        assertLoginFails(
                talk -> talk.say("* CAPABILITY X\0Y\r\n"),
                FaultStage.BROKEN + "NUL among the capabilities",
                "UPSTREAM_PROTOCOL_ERROR");
        STAGE.mark();
        assertLoginFails(
                talk -> talk.say("* CAPABILITY " + "X".repeat(100_000)),
                FaultStage.BROKEN + "CAPABILITY response too long",
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
        STAGE.upstream().next(talk -> {
            talk.say(ScriptedUpstream.GREETING);
            talk.tag();
            fault.with(talk);
        });
        try (ImapTestClient client = ImapTestClient.connect(STAGE.proxy().port())) {
            client.raw("a1 LOGIN ann secret\r\na2 SELECT INBOX\r\n");
            assertThat(client.next(ImapTestClient.PATIENCE).text()).isEqualTo(told);
            assertThat(client.rest()).isEmpty();
        }
        STAGE.assertEnded(cause);
        assertThat(STAGE.upstream().heard()).isEqualTo("a1 LOGIN ann secret\r\n");
        assertThat(STAGE.proxy().output()).doesNotContain("secret");
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
                "* 1 FETCH (FLAGS ())\r\n" + FaultStage.CLOSED + "\r\n",
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
                FaultStage.CLOSED + "\r\n", // the half line was never passed on
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
                FaultStage.CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
        assertThat(STAGE.upstream().heard()).endsWith("a1 APPEND INBOX {1000}\r\n");
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
                FaultStage.CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
        assertThat(STAGE.upstream().heard()).endsWith("a1 APPEND INBOX {1000+}\r\n" + "y".repeat(400));
    }

    @Test
    void itSaysGarbage() {
        assertBreaks(FaultStage.ALERT + "\r\n", "no IMAP response");
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
                FaultStage.BROKEN + why + "\r\n",
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
                odd + FaultStage.CLOSED + "\r\n",
                "UPSTREAM_CLOSED");
    }

    private void assertSessionEnds(String said, Play fault, String told, String cause) {
        STAGE.upstream().next(talk -> {
            talk.logIn();
            fault.with(talk);
        });
        try (ImapTestClient client = ImapTestClient.loggedIn(STAGE.proxy().port(), "ann")) {
            client.raw(said);
            assertThat(client.rest()).isEqualTo(told);
        }
        assertThat(STAGE.assertEnded(cause)).contains(" user=ann ");
        assertThat(STAGE.upstream().heard().split("\r\n", 2)[1]).isEqualTo(said);
    }
}
