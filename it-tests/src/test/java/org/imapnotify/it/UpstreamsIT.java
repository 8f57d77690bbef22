package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Dovecots behind one proxy: one in place of the other, or each for its own name. */
class UpstreamsIT {
    private static final String NAME = "mail.example.org";

    @TempDir
    private static Path folder;

    private static LocalServer second;

    @BeforeAll
    static void start() {
        second = LocalServer.start(Variant.DOVECOT_LEGACY, Map.of());
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    @Test
    void whenTheFirstDiesClientsComeBackToTheSecond() {
        LegacyServer first = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        Relay relay = new Relay(first.port());
        try (ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port() + "," + url(second));
                ImapTestClient before = ImapTestClient.loggedIn(proxy.port(), "mover")) {
            before.ok("CREATE on-first");
            assertNotified(before);
            relay.close();
            assertThat(before.next(ImapTestClient.PATIENCE).text()).startsWith("* BYE ");
            before.expectClosed(ImapTestClient.PATIENCE);

            try (ImapTestClient after = ImapTestClient.loggedIn(proxy.port(), "mover")) {
                assertThat(after.ok("LIST \"\" on-first")).hasSize(1); // the tagged line alone: this is the other
                assertNotified(after);
                assertThat(proxy.output()).contains("upstream address is down");
            }
        } finally {
            relay.close();
        }
    }

    @Test
    void eachNameHasItsOwnServer() {
        Certificate main = Certificate.of(folder, "DNS:" + NAME);
        LegacyServer first = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        try (ImapTestClient direct = ImapTestClient.loggedIn(second.port(), "named")) {
            direct.ok("CREATE on-second");
        }
        try (ProxyProcess proxy = ProxyProcess.before(
                        first,
                        "--listen-tls",
                        "127.0.0.1:0",
                        "--tls-cert",
                        main.chain().toString(),
                        "--tls-key",
                        main.key().toString(),
                        "--site",
                        "names=" + NAME + " upstream=" + url(second));
                ImapTestClient named = ImapTestClient.connectTls(proxy.secondPort(), main.trusted(), NAME);
                ImapTestClient plain = ImapTestClient.loggedIn(proxy.port(), "named")) {
            named.ok("LOGIN named pass");
            assertThat(named.ok("LIST \"\" on-second")).hasSize(2);
            assertThat(plain.ok("LIST \"\" on-second")).hasSize(1);
            assertNotified(named);
            assertNotified(plain);
        }
    }

    private static String url(LegacyServer server) {
        return "imap://127.0.0.1:" + server.port();
    }

    private static void assertNotified(ImapTestClient client) {
        assertThat(client.ok("NOTIFY SET STATUS (inboxes (MessageNew MessageExpunge))"))
                .anySatisfy(line -> assertThat(line).startsWith("* STATUS INBOX (MESSAGES "));
    }
}
