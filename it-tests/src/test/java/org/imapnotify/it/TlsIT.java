package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on either side, at once and by STARTTLS; the upstream's certificate must be trusted and good for its name. */
class TlsIT {
    private static final String HOST = "localhost";
    private static final String USER = "user7";

    @TempDir
    private static Path folder;

    private static Certificate certificate;
    private static LegacyServer dovecot;

    @BeforeAll
    static void start() {
        certificate = Certificate.of(folder, "DNS:" + HOST);
        dovecot = LegacyServer.startWithTls(Variant.DOVECOT_LEGACY, certificate);
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @Test
    void clientsUseTlsAtOnceOrByStartTls() {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient implicit = ImapTestClient.connectTls(proxy.secondPort(), certificate.trusted(), HOST);
                ImapTestClient upgraded = ImapTestClient.connect(proxy.port())) {
            assertThat(upgraded.ok("CAPABILITY").get(0)).contains(" STARTTLS");
            upgraded.startTls(certificate.trusted(), HOST);
            assertThat(upgraded.ok("CAPABILITY").get(0)).doesNotContain("STARTTLS");
            assertThat(implicit.ok("CAPABILITY").get(0)).doesNotContain("STARTTLS");
            assertNotified(upgraded);
            assertNotified(implicit);
        }
    }

    /** Whoever can write into the connection before TLS must not be able to say anything that is heard behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "injected NOOP\r\n",
                "injected LOGIN mallory pass\r\n",
                "injected AP",
                "\r\n",
                "x APPEND y {9+}\r\n"
            })
    void nothingMayBeSentBehindStartTls(String injected) {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            SessionEnds ends = new SessionEnds(proxy);
            client.raw("a STARTTLS\r\n" + injected);
            String why = "Nothing may be sent behind STARTTLS.\r\n";
            assertThat(client.rest()).isEqualTo("* BAD " + why + "* BYE " + why);
            ends.one("CLIENT_PROTOCOL_ERROR", "client");
        }
    }

    /** What comes after the OK and is no handshake ends the connection without a word. */
    @ParameterizedTest
    @ValueSource(
            strings = {"injected NOOP\r\n", "\u0016\u0003\u0001\0\u0005hello", "\u0015\u0003\u0001\0\u0002\u0002("})
    void onlyAHandshakeMayFollowStartTls(String octets) {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            SessionEnds ends = new SessionEnds(proxy);
            client.ok("STARTTLS");
            client.raw(octets);
            assertThat(client.rest()).doesNotContain("injected", "* ", "OK");
            ends.one("TLS_FAILURE", "client");
        }
    }

    /** A login from before TLS is somebody else's (session fixation), so is what was enabled. */
    @Test
    void startTlsIsForThoseWhoAreNobodyYet() {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            client.completed(client.send("STARTTLS"), "BAD");
            client.ok("NOOP");
        }
    }

    /** A client that speaks plain text, or nothing that is anything, at the port for TLS: its password is not in the log. */
    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN ann s3cret\r\n", "\u0016\u0003\u0001\0\u0005hello", "\0\0\0\0\0\0\0\0"})
    void onlyAHandshakeIsTakenAtThePortForTls(String octets) {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient client = ImapTestClient.open(proxy.secondPort());
                ImapTestClient other = ImapTestClient.connectTls(proxy.secondPort(), certificate.trusted(), HOST)) {
            SessionEnds ends = new SessionEnds(proxy);
            client.raw(octets);
            assertThat(client.rest()).doesNotContain("* ", "BAD");
            ends.one("TLS_FAILURE", "client");
            assertThat(proxy.output()).doesNotContain("s3cret");
            other.ok("NOOP");
        }
    }

    /** RFC 8314 and RFC 9325: nothing before TLS 1.2; RFC 7301: who wants another protocol than IMAP gets none (ALPACA). */
    @Test
    void versionsAndProtocolsAreChosenWithCare() {
        Command.require("openssl");
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port())) {
            assertThat(openssl(proxy, "-tls1_3")).contains("* OK", "TLSv1.3");
            assertThat(openssl(proxy, "-tls1_2")).contains("* OK", "TLSv1.2");
            assertThat(openssl(proxy, "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"))
                    .contains("alert protocol version")
                    .doesNotContain("* OK");
            assertThat(openssl(proxy, "-tls1_2", "-cipher", "AES128-SHA256"))
                    .as("no forward secrecy")
                    .doesNotContain("* OK");
            assertThat(openssl(proxy, "-alpn", "imap")).contains("* OK", "ALPN protocol: imap");
            assertThat(openssl(proxy, "-alpn", "h2,imap")).contains("* OK", "ALPN protocol: imap");
            assertThat(openssl(proxy, "-alpn", "h2")).doesNotContain("* OK");
        }
    }

    /** Says LOGOUT over TLS; gives what openssl has to tell. */
    private static String openssl(ProxyProcess proxy, String... arguments) {
        String client = "echo 'a LOGOUT' | timeout 10 openssl s_client -crlf -ign_eof -connect 127.0.0.1:"
                + proxy.secondPort() + " " + String.join(" ", arguments) + "; :";
        return Command.run(folder, Duration.ofSeconds(20), List.of("sh", "-c", client))
                .output();
    }

    @Test
    void upstreamTlsAtOnce() {
        assertServed("imaps://" + HOST + ":" + dovecot.tlsPort());
    }

    @Test
    void upstreamTlsByStartTls() {
        assertServed("imap://" + HOST + ":" + dovecot.port() + "?tls=starttls");
    }

    @Test
    void refusesAnUpstreamOfAnotherName() {
        String why = "No subject alternative names matching IP address 127.0.0.1 found";
        assertRefused("imaps://127.0.0.1:" + dovecot.tlsPort(), why, "--upstream-ca", authority());
        assertRefused("imap://127.0.0.1:" + dovecot.port() + "?tls=starttls", why, "--upstream-ca", authority());
    }

    @Test
    void refusesAnUpstreamThatNobodyVouchesFor() {
        String why = "unable to find valid certification path to requested target";
        assertRefused("imaps://" + HOST + ":" + dovecot.tlsPort(), why);
        assertRefused("imap://" + HOST + ":" + dovecot.port() + "?tls=starttls", why);
    }

    /** PREAUTH or a list without STARTTLS must not lead to a login in plain text. */
    @Test
    void refusesAnUpstreamWithoutStartTls() {
        try (LegacyServer plain = LegacyServer.startForOne(Variant.GREENMAIL)) {
            assertRefused("imap://127.0.0.1:" + plain.port() + "?tls=starttls", "STARTTLS is refused");
        }
    }

    private static void assertServed(String upstream) {
        try (ProxyProcess proxy = ProxyProcess.beforeUrl(upstream, "--upstream-ca", authority());
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            assertNotified(client);
        }
    }

    /** The client and the operator are told the same. */
    private static void assertRefused(String upstream, String why, String... arguments) {
        try (ProxyProcess proxy = ProxyProcess.beforeUrl(upstream, arguments);
                ImapTestClient client = ImapTestClient.open(proxy.port())) {
            assertThat(client.rest()).startsWith("* BYE [UNAVAILABLE] ").endsWith(why + "\r\n");
            String cause = upstream.startsWith("imaps:") || !why.startsWith("STARTTLS")
                    ? "UPSTREAM_UNREACHABLE"
                    : "UPSTREAM_PROTOCOL_ERROR";
            assertThat(new SessionEnds(proxy).one(cause, "upstream")).contains(why);
        }
    }

    /** Takes a session and a watch connection. */
    private static void assertNotified(ImapTestClient client) {
        client.ok("LOGIN " + USER + " pass");
        assertThat(client.ok("NOTIFY SET STATUS (inboxes (MessageNew MessageExpunge))"))
                .anySatisfy(line -> assertThat(line).startsWith("* STATUS INBOX (MESSAGES "));
    }

    private static ProxyProcess securedProxy(String upstream) {
        return ProxyProcess.beforeUrl(
                upstream,
                "--listen-tls",
                "127.0.0.1:0",
                "--tls-cert",
                certificate.chain().toString(),
                "--tls-key",
                certificate.key().toString());
    }

    private static String authority() {
        return certificate.chain().toString();
    }
}
