package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void whatWasSentInPlainTextBehindStartTlsIsNotObeyed() {
        try (ProxyProcess proxy = securedProxy("imap://127.0.0.1:" + dovecot.port());
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.raw("a STARTTLS\r\ninjected NOOP\r\n");
            try {
                client.completed("a", "OK");
                client.handshake(certificate.trusted(), HOST);
            } catch (RuntimeException | AssertionError refused) {
                // As good as passing over the command: RFC 3501 leaves it open.
                return;
            }
            assertThat(client.ok("NOOP")).noneSatisfy(line -> assertThat(line).startsWith("injected"));
        }
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
        assertRefused("imaps://127.0.0.1:" + dovecot.tlsPort(), "--upstream-ca", authority());
        assertRefused("imap://127.0.0.1:" + dovecot.port() + "?tls=starttls", "--upstream-ca", authority());
    }

    @Test
    void refusesAnUpstreamThatNobodyVouchesFor() {
        assertRefused("imaps://" + HOST + ":" + dovecot.tlsPort());
    }

    private static void assertServed(String upstream) {
        try (ProxyProcess proxy = ProxyProcess.beforeUrl(upstream, "--upstream-ca", authority());
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            assertNotified(client);
        }
    }

    private static void assertRefused(String upstream, String... arguments) {
        try (ProxyProcess proxy = ProxyProcess.beforeUrl(upstream, arguments);
                ImapTestClient client = ImapTestClient.open(proxy.port())) {
            assertThat(client.next(ImapTestClient.PATIENCE).text()).startsWith("* BYE ");
            client.expectClosed(ImapTestClient.PATIENCE);
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
