package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.junit.jupiter.api.Test;

class ReadyTest {
    private final List<String> events = new ArrayList<>();
    private final UpstreamConnection connection = new UpstreamConnection(
            new ConnectionSettings(false, Duration.ofSeconds(30), Duration.ofSeconds(30)),
            () -> new Credentials.Login("user", Secret.of("pass".getBytes(StandardCharsets.US_ASCII))),
            new UpstreamListener() {
                @Override
                public void onReady() {}

                @Override
                public void onUnsolicited(Response response) {
                    events.add("unsolicited " + response.name());
                }

                @Override
                public void onFailed(Failure failure) {
                    events.add(failure.why());
                }
            });
    private final Wire wire = new Wire(connection).connect();
    private final IdleListener idle = new IdleListener() {
        @Override
        public void onIdling() {
            events.add("idling");
        }

        @Override
        public void onUntagged(Response response) {
            events.add("idle " + response.name());
        }

        @Override
        public void onEnded() {
            events.add("ended");
        }

        @Override
        public void onRefused(String why) {
            events.add("refused " + why);
        }
    };

    private void login(String capabilities) {
        wire.says("* OK [CAPABILITY IMAP4rev1] hi", "w1 OK [CAPABILITY IMAP4rev1 " + capabilities + "] in");
        wire.take();
    }

    private void status(String name) {
        connection.submit(
                new CommandWriter(connection.capabilities())
                        .raw("STATUS ")
                        .mailbox(MailboxName.of(name))
                        .toCommand(),
                new Exchange() {
                    @Override
                    public boolean onUntagged(Response response) {
                        events.add(name + " " + response.name());
                        return response.name() == ResponseName.STATUS;
                    }

                    @Override
                    public void onCompleted(Response tagged) {
                        events.add(name + " " + tagged.name());
                    }
                });
    }

    @Test
    void commandsGoOutInOneWriteAndAreAnsweredInAnyOrder() {
        login("");
        status("a");
        status("b");
        connection.flush();
        wire.expect("w2 STATUS \"a\"\r\nw3 STATUS \"b\"");
        wire.says("w3 NO", "* STATUS a (MESSAGES 1)", "w2 OK");
        assertThat(events).containsExactly("b NO", "a STATUS", "a OK");
    }

    @Test
    void whatNoCommandTakesIsUnsolicited() {
        login("");
        status("a");
        connection.flush();
        wire.says("* 3 EXISTS");
        assertThat(events).containsExactly("a EXISTS", "unsolicited EXISTS");
    }

    @Test
    void aSynchronisingLiteralHoldsBackTheCommandsBehindIt() {
        login("");
        status("a");
        status("\u00e4");
        status("c");
        connection.flush();
        wire.expect("w2 STATUS \"a\"\r\nw3 STATUS {1}");
        wire.says("w2 OK", "+").expect("\u00e4", "w4 STATUS \"c\"");
    }

    @Test
    void aRefusedLiteralLetsTheCommandsBehindItGo() {
        login("");
        status("\u00e4");
        status("c");
        connection.flush();
        wire.expect("w2 STATUS {1}");
        wire.says("w2 NO no literals today").expect("w3 STATUS \"c\"");
        assertThat(events).containsExactly("\u00e4 NO");
    }

    @Test
    void silenceEndsTheConnectionAndWordsDoNot() {
        login("");
        status("a");
        status("b");
        connection.flush();
        wire.timeIsOver().says("w2 OK").timeIsOver();
        assertThat(wire.closed()).isFalse();
        wire.timeIsOver();
        assertThat(wire.closed()).isTrue();
        assertThat(events).containsExactly("a OK", "no answer to a command");
    }

    @Test
    void anUnknownTagIsAnError() {
        login("");
        wire.says("w9 OK");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void byeEndsIt() {
        login("");
        wire.says("* BYE Session invalidated");
        assertThat(events).containsExactly("Session invalidated");
    }

    @Test
    void idleIsRenewedByItsOwner() {
        login("IDLE");
        connection.idle(Duration.ofMinutes(28), idle);
        wire.expect("w2 IDLE").says("* 4 EXISTS", "+ idling", "* 5 EXISTS", "* OK Still here");
        assertThat(wire.deadline()).isEqualTo(Duration.ofMinutes(28));
        wire.timeIsOver().expect("DONE");
        assertThat(wire.deadline()).isEqualTo(Duration.ofSeconds(30));
        wire.says("* 6 EXISTS", "w2 OK");
        assertThat(events).containsExactly("idle EXISTS", "idling", "idle EXISTS", "idle OK", "idle EXISTS", "ended");
        connection.idle(Duration.ofMinutes(28), idle);
        wire.expect("w3 IDLE");
    }

    @Test
    void doneWaitsForTheContinuation() {
        login("IDLE");
        connection.idle(Duration.ofMinutes(28), idle);
        connection.done();
        connection.done();
        wire.expect("w2 IDLE").says("+").expect("DONE").says("w2 OK");
        assertThat(events).containsExactly("ended");
    }

    @Test
    void idleMayBeRefusedOrEndedByTheUpstream() {
        login("IDLE");
        connection.idle(Duration.ofMinutes(28), idle);
        wire.says("w2 BAD IDLE Wrong state");
        connection.idle(Duration.ofMinutes(28), idle);
        wire.says("+", "w3 OK enough");
        assertThat(events).containsExactly("refused IDLE Wrong state", "idling", "ended");
    }

    @Test
    void idleThatIsNotAcceptedInTimeEndsTheConnection() {
        login("IDLE");
        connection.idle(Duration.ofMinutes(28), idle);
        wire.timeIsOver();
        assertThat(events).containsExactly("no answer while Asked");
    }

    @Test
    void idleIsNotBegunWhileCommandsAreInFlight() {
        login("IDLE");
        status("a");
        connection.flush();
        assertThatThrownBy(() -> connection.idle(Duration.ofMinutes(28), idle))
                .isInstanceOf(IllegalStateException.class);
    }
}
