package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With what watch connections log in: with what the client said, or as Dovecot's master user for it. */
class CredentialsIT {
    @TempDir
    private static Path folder;

    private static LocalServer dovecot;

    @BeforeAll
    static void start() {
        dovecot = LocalServer.start(Variant.DOVECOT_LEGACY, Map.of("EXTRA_CONF", """
                        passdb {
                          driver = static
                          args = password=overseen
                          username_filter = overseer
                          master = yes
                        }
                        """));
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @Test
    void theLoginMechanismIsUsedAgain() {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot);
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            String tag = client.send("AUTHENTICATE LOGIN");
            client.expect("\\+ .*");
            client.raw(base64("user1") + "\r\n");
            client.expect("\\+ .*");
            client.raw(base64(LegacyServer.PASSWORD) + "\r\n");
            client.completed(tag, "OK");
            assertWatched(client);
            assertThat(dovecot.logins("user1")).hasSizeGreaterThan(1).containsOnly("LOGIN");
        }
    }

    @Test
    void theMasterUserWatchesForAClientThatShowsNoPassword() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot, master("overseen"));
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            CramMd5.login(client, "user2");
            assertWatched(client);
            assertThat(Connections.from(proxy.pid(), dovecot.port())).isGreaterThan(1);
            assertThat(dovecot.logins("user2")).startsWith("CRAM-MD5", "PLAIN");
        }
    }

    @Test
    void aRefusedMasterUserIsNotTriedAgainAndTheSessionLooksItself() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot, master("wrong"));
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user3");
                ImapTestClient again = ImapTestClient.loggedIn(proxy.port(), "user3")) {
            assertWatched(client);
            assertWatched(again);
            assertThat(Connections.from(proxy.pid(), dovecot.port())).isEqualTo(2);
            assertThat(proxy.output()).doesNotContain("wrong");
        }
    }

    private static String[] master(String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        return new String[] {"--watch-master-user", "overseer", "--watch-master-password-file", file.toString()};
    }

    /** Another mailbox's message is told of. */
    private static void assertWatched(ImapTestClient client) {
        String created = client.send("CREATE other");
        client.expect(created + " .*");
        assertThat(client.ok("NOTIFY SET STATUS (mailboxes other (MessageNew MessageExpunge))"))
                .anySatisfy(line -> assertThat(line).startsWith("* STATUS other (MESSAGES "));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
