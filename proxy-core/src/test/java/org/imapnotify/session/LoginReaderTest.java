package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.imapnotify.Requirement;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.CommandName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("N-262")
class LoginReaderTest {
    private static Optional<Credentials> login(String octets) {
        return LoginReader.credentials(CommandName.LOGIN, capture(octets));
    }

    private static Optional<Credentials> authenticate(String octets) {
        return LoginReader.credentials(CommandName.AUTHENTICATE, capture(octets));
    }

    private static Capture capture(String octets) {
        Capture capture = new Capture(1000);
        CaptureTest.add(capture, octets);
        return capture;
    }

    private static String plain(String message) {
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    private static String password(Optional<Credentials> credentials) {
        return new String(credentials.orElseThrow().password().octets(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 LOGIN user secret\r\n",
                "a1 login \"user\" \"secret\"\r\n",
                "a1 LOGIN {4}\r\nuser {6}\r\nsecret\r\n",
                "a1 LOGIN {4+}\r\nuser \"secret\"\r\n",
                "a1 LOGIN user secret\n",
            })
    void readsLogin(String octets) {
        assertThat(login(octets).orElseThrow()).isInstanceOf(Credentials.Login.class);
        assertThat(login(octets).orElseThrow().user()).isEqualTo("user");
        assertThat(password(login(octets))).isEqualTo("secret");
    }

    @Test
    void readsOddPasswords() {
        assertThat(password(login("a1 LOGIN user \"a\\\"b\\\\c d\"\r\n"))).isEqualTo("a\"b\\c d");
        assertThat(password(login("a1 LOGIN user {4}\r\na\r\nb\r\n"))).isEqualTo("a\r\nb");
        assertThat(password(login("a1 LOGIN user \"\u00fc\"\r\n"))).isEqualTo("\u00fc");
        assertThat(password(login("a1 LOGIN user \"\"\r\n"))).isEmpty();
    }

    @Test
    void readsAuthenticatePlain() {
        String message = plain("\0anna\0se{c}ret");
        Optional<Credentials> split = authenticate("a1 AUTHENTICATE PLAIN\r\n" + message + "\r\n");
        Optional<Credentials> initial = authenticate("a1 AUTHENTICATE plain " + message + "\r\n");
        assertThat(split.orElseThrow()).isInstanceOf(Credentials.Plain.class);
        assertThat(split.orElseThrow().identity()).isEqualTo(new Credentials.Identity("anna", ""));
        assertThat(split.orElseThrow().sameAs(initial.orElseThrow())).isTrue();
        assertThat(password(initial)).isEqualTo("se{c}ret");
    }

    @Test
    void keepsWhomThePlainLoginIsFor() {
        assertThat(authenticate("a1 AUTHENTICATE PLAIN " + plain("boss\0anna\0x") + "\r\n")
                        .orElseThrow()
                        .identity())
                .isEqualTo(new Credentials.Identity("anna", "boss"));
    }

    @Test
    void readsTheTwoAnswersOfTheLoginMechanism() {
        Optional<Credentials> asked =
                authenticate("a1 AUTHENTICATE LOGIN\r\n" + plain("anna") + "\r\n" + plain("se cret") + "\r\n");
        Optional<Credentials> initial =
                authenticate("a1 AUTHENTICATE login " + plain("anna") + "\r\n" + plain("se cret") + "\r\n");
        assertThat(asked.orElseThrow()).isInstanceOf(Credentials.TwoAnswers.class);
        assertThat(asked.orElseThrow().identity()).isEqualTo(new Credentials.Identity("anna", ""));
        assertThat(password(asked)).isEqualTo("se cret");
        assertThat(asked.orElseThrow().sameAs(initial.orElseThrow())).isTrue();
        assertThat(authenticate("a1 AUTHENTICATE LOGIN\r\n" + plain("anna") + "\r\n"))
                .isEmpty();
    }

    @Test
    void readsTokensWithWhomTheyAreFor() {
        String google = "user=anna@example.org\u0001auth=Bearer vF9dft4qmT\u0001\u0001";
        Optional<Credentials> token = authenticate("a1 AUTHENTICATE XOAUTH2 " + plain(google) + "\r\n");
        assertThat(token.orElseThrow().identity()).isEqualTo(new Credentials.Identity("anna@example.org", ""));
        assertThat(password(token)).isEqualTo(google);
        String bearer = "n,a=an=2Cna=3D,\u0001host=h\u0001auth=Bearer vF9dft4qmT\u0001\u0001";
        token = authenticate("a1 AUTHENTICATE oauthbearer\r\n" + plain(bearer) + "\r\n");
        assertThat(token.orElseThrow().user()).isEqualTo("an,na=");
        assertThat(token.orElseThrow()).hasToString("Token[mechanism=OAUTHBEARER, user=an,na=, password=Secret[***]]");
        assertThat(authenticate(
                        "a1 AUTHENTICATE OAUTHBEARER " + plain("n,,\u0001auth=Bearer vF9dft4qmT\u0001\u0001") + "\r\n"))
                .as("a token for nobody in particular")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 AUTHENTICATE CRAM-MD5\r\nAAAA\r\n",
                "a1 AUTHENTICATE XOAUTH2 AAAA\r\n",
                "a1 AUTHENTICATE PLAIN\r\n*\r\n",
                "a1 AUTHENTICATE PLAIN =\r\n",
                "a1 AUTHENTICATE PLAIN AAAA====\r\n",
                "a1 AUTHENTICATE PLAIN YWJj\r\n",
                "a1 AUTHENTICATE\r\n",
                "a1 AUTHENTICATE \r\n",
            })
    void whatCannotBeUsedAgainIsNotRead(String octets) {
        assertThat(authenticate(octets)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNotRead() {
        Capture capture = new Capture(25);
        CaptureTest.add(capture, "a1 LOGIN user secret\r\n");
        CaptureTest.add(capture, "and more");
        assertThat(LoginReader.credentials(CommandName.LOGIN, capture)).isEmpty();
    }

    @Test
    void namesTheMechanism() {
        assertThat(LoginReader.mechanism(CommandName.LOGIN, capture("a1 LOGIN a b\r\n")))
                .isEqualTo("LOGIN");
        assertThat(LoginReader.mechanism(CommandName.AUTHENTICATE, capture("a1 AUTHENTICATE scram-sha-256\r\n")))
                .isEqualTo("SCRAM-SHA-256");
        assertThat(LoginReader.mechanism(CommandName.AUTHENTICATE, capture("a1 AUTHENTICATE\r\n")))
                .isEqualTo("other");
    }

    @Test
    void showsNoSecret() {
        assertThat(login("a1 LOGIN user topsecret\r\n").orElseThrow().toString())
                .doesNotContain("topsecret");
    }
}
