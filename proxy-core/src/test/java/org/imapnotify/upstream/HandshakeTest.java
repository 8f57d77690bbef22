package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.imapnotify.wire.Response;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final List<String> events = new ArrayList<>();
    private boolean compress;

    private Wire connect(boolean startTls, Credentials credentials) {
        UpstreamListener listener = new UpstreamListener() {
            @Override
            public void onReady() {
                events.add("ready");
            }

            @Override
            public void onUnsolicited(Response response) {
                events.add("unsolicited " + response.name());
            }

            @Override
            public void onFailed(Failure failure) {
                events.add(failure.kind() + " " + failure.why());
            }
        };
        ConnectionSettings settings =
                new ConnectionSettings(startTls, ConnectionSettings.DEFAULT_GREETING, Duration.ofSeconds(7), compress);
        return new Wire(new UpstreamConnection(settings, () -> credentials, listener)).connect();
    }

    private static Secret secret(String latin1) {
        return Secret.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Credentials login(String user, String password) {
        return new Credentials.Login(user, secret(password));
    }

    private Wire connect(Credentials credentials) {
        return connect(false, credentials);
    }

    @Test
    void logsInWithQuotedStringsAndUsesTheCapabilitiesOfTheAnswer() {
        Wire wire = connect(login("user", "pa\"ss\\"));
        wire.says("* OK [CAPABILITY IMAP4rev1 LITERAL+ AUTH=PLAIN] ready").expect("w1 LOGIN \"user\" \"pa\\\"ss\\\\\"");
        wire.says("w1 OK [CAPABILITY IMAP4rev1 IDLE] in").expectNothing();
        assertThat(events).containsExactly("ready");
    }

    @Test
    void asksForCapabilitiesThatAreNotSaidByThemselves() {
        Wire wire = connect(login("user", "pass"));
        wire.says("* OK ready").expect("w1 CAPABILITY");
        wire.says("* CAPABILITY IMAP4rev1", "w1 OK done").expect("w2 LOGIN \"user\" \"pass\"");
        wire.says("w2 OK in").expect("w3 CAPABILITY");
        wire.says("* CAPABILITY IMAP4rev1 ID", "w3 OK done").expect("w4 ID (\"name\" \"imap-notify-proxy\")");
        assertThat(events).isEmpty();
        wire.says("w4 BAD never heard of it");
        assertThat(events).containsExactly("ready");
    }

    @Test
    void takesAnUntaggedCapabilityDuringLoginForTheOneAfterIt() {
        Wire wire = connect(login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1] ready", "* CAPABILITY IMAP4rev1 IDLE", "w1 OK Logged in");
        assertThat(events).containsExactly("ready");
    }

    @Test
    void saysWhoItIsForBeforeTheLogin() {
        Wire wire = connect(login("user", "pass")).introducing("ID (\"x-originating-ip\" \"192.0.2.7\")");
        wire.says("* OK [CAPABILITY IMAP4rev1 ID] ready").expect("w1 ID (\"x-originating-ip\" \"192.0.2.7\")");
        wire.says("* ID NIL", "w1 BAD whatever").expect("w2 LOGIN \"user\" \"pass\"");
        wire = connect(login("user", "pass")).introducing("ID (\"x-originating-ip\" \"192.0.2.7\")");
        wire.says("* OK [CAPABILITY IMAP4rev1] ready").expect("w1 LOGIN \"user\" \"pass\"");
    }

    private static String base64(String message) {
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theLoginMechanismIsAnsweredTwice() {
        Wire wire = connect(new Credentials.TwoAnswers("anna", secret("pass")));
        wire.says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN] ready").expect("w1 AUTHENTICATE LOGIN");
        wire.says("+ VXNlcm5hbWU6").expect(base64("anna"));
        wire.says("+ UGFzc3dvcmQ6").expect(base64("pass"));
        wire.says("w1 OK [CAPABILITY IMAP4rev1] in");
        assertThat(events).containsExactly("ready");
    }

    @Test
    void aTokenGoesAsItCame() {
        Credentials token =
                new Credentials.Token("XOAUTH2", "anna", secret("user=anna\u0001auth=Bearer t\u0001\u0001"));
        String message = base64("user=anna\u0001auth=Bearer t\u0001\u0001");
        connect(token)
                .says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready")
                .expect("w1 AUTHENTICATE XOAUTH2 " + message);
        connect(token)
                .says("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready", "+ ")
                .expect("w1 AUTHENTICATE XOAUTH2", message);
    }

    @Test
    void aRefusedTokenIsARefusedLogin() {
        Wire wire = connect(
                new Credentials.Token("OAUTHBEARER", "anna", secret("n,a=anna,\u0001auth=Bearer t\u0001\u0001")));
        wire.says("* OK [CAPABILITY IMAP4rev1 SASL-IR] ready").take();
        wire.says("+ " + base64("{\"status\":\"invalid_token\"}")).expect("AQ==");
        wire.says("w1 NO [AUTHENTICATIONFAILED] expired");
        assertThat(events).containsExactly("REFUSED expired");
        wire = connect(new Credentials.Token("XOAUTH2", "anna", secret("user=anna\u0001auth=Bearer t\u0001\u0001")));
        wire.says("* OK [CAPABILITY IMAP4rev1 SASL-IR] ready", "+ e30=").take();
        wire.says("w1 NO expired");
        assertThat(events).containsExactly("REFUSED expired", "REFUSED expired");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void compressesLastOfAllWhereThatIsWantedAndOffered() {
        compress = true;
        Wire wire = connect(login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] ready", "w1 OK [CAPABILITY IMAP4rev1] in")
                .expect("w1 LOGIN \"user\" \"pass\"");
        assertThat(events).containsExactly("ready");
        wire = connect(login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1] ready", "w1 OK [CAPABILITY IMAP4rev1 ID COMPRESS=DEFLATE] in")
                .says("w2 OK me too")
                .expect("w1 LOGIN \"user\" \"pass\"", "w2 ID (\"name\" \"imap-notify-proxy\")", "w3 COMPRESS DEFLATE");
        assertThat(wire.compressed()).isFalse();
        wire.says("w3 OK go");
        assertThat(wire.compressed()).isTrue();
        assertThat(events).containsExactly("ready", "ready");
    }

    @Test
    void goesOnUncompressedWithAnUpstreamThatRefuses() {
        compress = true;
        Wire wire = connect(login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1] ready", "w1 OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] in")
                .says("w2 NO [COMPRESSIONACTIVE] by TLS");
        assertThat(wire.compressed()).isFalse();
        assertThat(events).containsExactly("ready");
    }

    @Test
    void sendsOddCredentialsAsLiteralsOneByOne() {
        Wire wire = connect(login("u\r\nA LOGOUT", "p\u00e4ss"));
        wire.says("* OK [CAPABILITY IMAP4rev1] ready").expect("w1 LOGIN {11}");
        wire.says("+ go ahead").expect("u\r\nA LOGOUT {4}");
        wire.says("+").expect("p\u00e4ss");
        wire.says("w1 OK [CAPABILITY IMAP4rev1] in");
        assertThat(events).containsExactly("ready");
    }

    @Test
    void sendsOddCredentialsAtOnceWhereLiteralPlusIsOffered() {
        connect(login("us\u00e9r", "pass"))
                .says("* OK [CAPABILITY IMAP4rev1 LITERAL+] ready")
                .expect("w1 LOGIN {4+}\r\nus\u00e9r \"pass\"");
    }

    @Test
    void aRefusedLiteralIsARefusedLogin() {
        Wire wire = connect(login("us\u00e9r", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1] ready", "w1 NO no such user");
        assertThat(events).containsExactly("REFUSED no such user");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void plainGoesWithTheCommandWhereTheUpstreamTakesThat() {
        String message = Base64.getEncoder().encodeToString("boss\0user\0pass".getBytes(StandardCharsets.US_ASCII));
        connect(new Credentials.Plain("boss", "user", secret("pass")))
                .says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
                .expect("w1 AUTHENTICATE PLAIN " + message);
    }

    @Test
    void plainWaitsForTheContinuationElsewhere() {
        String message = Base64.getEncoder().encodeToString("\0user\0pass".getBytes(StandardCharsets.US_ASCII));
        connect(new Credentials.Plain("", "user", secret("pass")))
                .says("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
                .expect("w1 AUTHENTICATE PLAIN")
                .says("+ ")
                .expect(message);
    }

    @Test
    void loginIsNotSentWhereItIsDisabled() {
        connect(login("user", "pass"))
                .says("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN SASL-IR] ready")
                .expect("w1 AUTHENTICATE PLAIN AHVzZXIAcGFzcw==");
        Wire wire = connect(login("user", "pass")).says("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready");
        wire.expectNothing();
        assertThat(events).containsExactly("REFUSED LOGINDISABLED");
    }

    @Test
    void startTlsComesFirstAndWhatWasSaidBeforeItIsForgotten() {
        Wire wire = connect(true, login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR] ready").expect("w1 STARTTLS");
        assertThat(wire.startedTls()).isFalse();
        wire.says("w1 OK begin").expectNothing();
        assertThat(wire.startedTls()).isTrue();
    }

    @Test
    void capabilitiesAreAskedForInsideTls() {
        Wire wire = connect(true, login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready", "w1 OK begin")
                .take();
        wire.secured().expect("w2 CAPABILITY");
        wire.says("* CAPABILITY IMAP4rev1", "w2 OK").expect("w3 LOGIN \"user\" \"pass\"");
    }

    @Test
    void aResponseBetweenStartTlsAndTlsEndsTheConnection() {
        Wire wire = connect(true, login("user", "pass"));
        wire.says("* OK ready", "w1 OK begin", "* CAPABILITY IMAP4rev1 AUTH=PLAIN");
        assertThat(events).containsExactly("UNREACHABLE a response between STARTTLS and TLS");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void aRefusedStartTlsEndsTheConnectionWithoutCredentials() {
        Wire wire = connect(true, login("user", "pass"));
        wire.says("* OK [CAPABILITY IMAP4rev1] no TLS here").expect("w1 STARTTLS");
        wire.says("w1 BAD unknown command").expectNothing();
        assertThat(events).containsExactly("UNREACHABLE STARTTLS is refused");
    }

    @Test
    void preAuthMakesStartTlsImpossible() {
        Wire wire = connect(true, login("user", "pass"));
        wire.says("* PREAUTH welcome").expectNothing();
        assertThat(events).containsExactly("UNREACHABLE PREAUTH makes STARTTLS impossible");
    }

    @Test
    void preAuthNeedsNoLogin() {
        Wire wire = connect(login("user", "pass"));
        wire.says("* PREAUTH [CAPABILITY IMAP4rev1] welcome").expectNothing();
        assertThat(events).containsExactly("ready");
    }

    @Test
    void mailboxDataBeforeTheLoginIsAnError() {
        connect(login("user", "pass")).says("* OK [CAPABILITY IMAP4rev1] hi", "* LIST () \"/\" INBOX");
        assertThat(events).containsExactly("UNREACHABLE untagged LIST before the login");
    }

    @Test
    void aServerThatTalksWithoutEndIsLeft() {
        Wire wire = connect(login("user", "pass")).says("* OK [CAPABILITY IMAP4rev1] hi");
        for (int i = 0; i < 101; i++) {
            wire.says("* OK still thinking");
        }
        assertThat(events).containsExactly("UNREACHABLE too many responses before the login");
    }

    @Test
    void everyWaitHasAnEnd() {
        Wire silent = connect(login("user", "pass"));
        assertThat(silent.deadline()).isEqualTo(ConnectionSettings.DEFAULT_GREETING);
        silent.timeIsOver();
        Wire slow = connect(login("user", "pass")).says("* OK [CAPABILITY IMAP4rev1] hi");
        assertThat(slow.deadline()).isEqualTo(Duration.ofSeconds(7));
        slow.timeIsOver();
        assertThat(events).containsExactly("UNREACHABLE no greeting", "UNREACHABLE no answer while AskedLogin");
    }

    @Test
    void toldApartAreRefusalsAndLimits() {
        String[] answers = {
            "w1 NO [AUTHENTICATIONFAILED] Authentication failed.",
            "w1 NO [UNAVAILABLE] later",
            "w1 NO [LIMIT] Maximum number of connections from user+IP exceeded",
            "w1 NO Too many open connections (4 of 4 for user3)",
            "w1 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds",
            "* BYE gone for today"
        };
        for (String answer : answers) {
            connect(login("user", "pass")).says("* OK [CAPABILITY IMAP4rev1] hi", answer);
        }
        assertThat(events)
                .extracting(event -> event.substring(0, event.indexOf(' ')))
                .containsExactly("REFUSED", "LIMIT", "LIMIT", "LIMIT", "LIMIT", "UNREACHABLE");
    }

    @Test
    void theTimeThatTheUpstreamAsksForIsKept() {
        Response answer = Response.parse(
                "w1 BAD throttled. Suggested Backoff Time: 92415 milliseconds\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Failure.of(answer).retryAfter()).isEqualTo(Duration.ofMillis(92415));
    }

    @Test
    void aLimitInTheGreetingIsALimit() {
        connect(login("user", "pass")).says("* BYE Too many connections from your address");
        assertThat(events).containsExactly("LIMIT Too many connections from your address");
    }

    @Test
    void aConnectionThatWasClosedHearsNothing() {
        Wire wire = connect(login("user", "pass"));
        wire.says("* BYE", "* OK again", "w1 OK");
        assertThat(events).hasSize(1);
    }
}
