package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server, proxy or client is killed in the middle of a message that is being stored: none of it is stored, nor sent again. */
class KilledIT {
    private static final int SIZE = 20_000_000;
    private static final String APPEND = "APPEND INBOX {" + SIZE + "}";

    @ParameterizedTest
    @EnumSource(names = {"DOVECOT_LEGACY", "CYRUS"})
    void theServer(Variant variant) {
        try (LocalServer server = LocalServer.start(variant, Map.of());
                Wiretap wiretap = new Wiretap(server.port());
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + wiretap.port());
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user1");
                ImapTestClient watching = ImapTestClient.loggedIn(proxy.port(), "user1")) {
            client.append("INBOX", Messages.withSubject("whole"));
            watching.ok("NOTIFY SET STATUS (inboxes (MessageNew MessageExpunge))");
            beginAppend(client);
            Awaitility.await().until(() -> wiretap.fromProxy().length() > SIZE / 2);
            server.kill();

            for (ImapTestClient each : List.of(client, watching)) {
                each.expect("\\* BYE \\[UNAVAILABLE\\] the mail server closed the connection");
                each.expectClosed(ImapTestClient.PATIENCE);
            }
            server.restart();
            assertOneMessage(server);
            try (ImapTestClient again = ImapTestClient.loggedIn(proxy.port(), "user1")) {
                again.append("INBOX", Messages.withSubject("after it"));
                assertThat(again.ok("STATUS INBOX (MESSAGES)").get(0)).contains("(MESSAGES 2)");
            }
            assertThat(wiretap.fromProxy().split(" APPEND INBOX \\{" + SIZE, -1))
                    .as("begun once")
                    .hasSize(2);
            assertThat(new SessionEnds(proxy).all())
                    .filteredOn(line -> line.contains("cause=UPSTREAM_CLOSED side=upstream"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DOVECOT_LEGACY", "CYRUS"})
    void theProxy(Variant variant) {
        try (LocalServer server = LocalServer.start(variant, Map.of());
                Wiretap wiretap = new Wiretap(server.port())) {
            try (ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + wiretap.port());
                    ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user1")) {
                client.append("INBOX", Messages.withSubject("whole"));
                beginAppend(client);
                Awaitility.await().until(() -> wiretap.fromProxy().length() > SIZE / 2);
                proxy.kill();
                client.expectClosed(ImapTestClient.PATIENCE);
            }
            awaitForgotten(server, variant);
            assertOneMessage(server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DOVECOT_LEGACY", "CYRUS"})
    void theClient(Variant variant) {
        try (LocalServer server = LocalServer.start(variant, Map.of());
                ProxyProcess proxy = ProxyProcess.before(server);
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user1")) {
            client.append("INBOX", Messages.withSubject("whole"));
            beginAppend(client);
            client.abort();
            Awaitility.await().until(() -> Connections.from(proxy.pid(), server.port()) == 0);
            assertThat(new SessionEnds(proxy).one("CLIENT_CLOSED", "client")).contains("user=user1");
            awaitForgotten(server, variant);
            assertOneMessage(server);
        }
    }

    /** Most of it; the rest never comes. */
    private static void beginAppend(ImapTestClient client) {
        client.send(APPEND);
        client.expect("\\+ .*");
        byte[] line = ("x".repeat(62) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] part = new byte[SIZE / 64 * 48];
        for (int i = 0; i < part.length; i++) {
            part[i] = line[i % line.length];
        }
        client.write(part);
    }

    /** The server has seen that nobody is there any more, and has done with the message what it does. */
    private static void awaitForgotten(LocalServer server, Variant variant) {
        if (variant == Variant.DOVECOT_LEGACY) {
            Awaitility.await().until(() -> server.log().contains("Disconnected"));
        }
    }

    private static void assertOneMessage(LocalServer server) {
        try (ImapTestClient direct = ImapTestClient.loggedIn(server.port(), "user1")) {
            direct.ok("SELECT INBOX");
            assertThat(direct.ok("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
                    .filteredOn(line -> line.startsWith("* "))
                    .singleElement()
                    .asString()
                    .contains("whole");
        }
    }
}
