package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Other mailboxes told of over the session's own connection, because no other can be had: switched off, or the client logged
 * in by a mechanism that shows the proxy no password. The writer works on Dovecot directly.
 */
class InlineIT {
    private static final int ROUNDS = 10;
    private static final double INTERVAL_AND_ALLOWANCE_MILLIS = 700;
    private static final String EVENTS = "(MessageNew MessageExpunge FlagChange)";
    private static final LegacyServer DOVECOT = LegacyServer.shared(Variant.DOVECOT_LEGACY);

    @Test
    void tellsOfOtherMailboxesWithoutAnyOtherConnection() {
        try (ProxyProcess proxy = ProxyProcess.before(DOVECOT, "--watch", "inline");
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "inline1");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "inline1")) {
            tellsOfBoxes(writer, client, "inline: other mailbox, APPEND -> STATUS");
            assertThat(Connections.from(proxy.pid(), DOVECOT.port())).isEqualTo(1);
        }
    }

    @Test
    void tellsAClientThatLoggedInWithCramMd5() {
        try (ProxyProcess proxy = ProxyProcess.before(DOVECOT);
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "inline2");
                ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            CramMd5.login(client, "inline2");
            tellsOfBoxes(writer, client, "CRAM-MD5: other mailbox, APPEND -> STATUS");
            assertThat(Connections.from(proxy.pid(), DOVECOT.port())).isEqualTo(1);
        }
    }

    private static void tellsOfBoxes(ImapTestClient writer, ImapTestClient client, String what) {
        for (int i = 1; i <= ROUNDS; i++) {
            writer.ok("CREATE box" + i);
        }
        client.ok("SELECT INBOX");
        client.ok("NOTIFY SET (selected " + EVENTS + ") (personal " + EVENTS + ")");
        EventCollector events = EventCollector.of(client);
        Samples appends = new Samples(what);
        for (int i = 1; i <= ROUNDS; i++) {
            String tag = writer.appendWithoutWaiting("box" + i, Messages.withSubject("news"));
            long appended = writer.expect(tag + " OK.*").nanos();
            appends.add(
                    appended,
                    events.await("\\* STATUS \"?box" + i + "\"? \\(MESSAGES 1\\b.*")
                            .nanos());
        }
        System.out.println("[it] " + Samples.header() + "\n[it] " + appends.row());
        assertThat(appends.percentile(90)).as(appends.row()).isLessThanOrEqualTo(INTERVAL_AND_ALLOWANCE_MILLIS);

        writer.append("INBOX", Messages.withSubject("selected"));
        events.await("\\* 1 EXISTS");
        assertThat(events.texts()).noneMatch(text -> text.startsWith("* STATUS INBOX") || text.startsWith("* LIST"));
    }

    /** Commands and looks at the same time on one connection: everybody gets the answers of his own questions. */
    @Test
    void keepsTheClientsAnswersApartFromItsOwn() {
        try (ProxyProcess proxy =
                        ProxyProcess.before(DOVECOT, "--watch", "inline", ProxyProcess.POLL_INTERVAL, "50ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "inline3")) {
            List<String> listed = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                client.ok("CREATE box" + i);
                listed.add("box" + i);
            }
            client.ok("NOTIFY SET (personal " + EVENTS + ")");
            for (int i = 0; i < 200; i++) {
                String box = listed.get(i % listed.size());
                List<String> answers = client.ok("LIST \"\" " + box);
                assertThat(answers).hasSize(2);
                assertThat(answers.get(0)).startsWith("* LIST ").endsWith(box);
                answers = client.ok("STATUS " + box + " (MESSAGES)");
                assertThat(answers).hasSize(2);
                assertThat(answers.get(0)).isEqualTo("* STATUS " + box + " (MESSAGES 0)");
            }
        }
    }

    /** No look is due for an hour. */
    @Test
    void hearsWhatOtherSessionsOfTheAccountDo() {
        try (ProxyProcess proxy = ProxyProcess.before(DOVECOT, "--watch", "inline", ProxyProcess.POLL_INTERVAL, "1h");
                ImapTestClient other = ImapTestClient.loggedIn(proxy.port(), "inline4");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "inline4")) {
            other.ok("CREATE box");
            client.ok("NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))");
            other.append("box", Messages.withSubject("news"));
            client.expect("\\* STATUS box \\(MESSAGES 1 .*");
            other.ok("CREATE new");
            client.expect("\\* LIST \\(\\\\HasNoChildren\\) \"/\" new");
        }
    }

    /** Watching is paused when the client registers; when it goes on, one STATUS tells of each message, whoever has seen it. */
    @Test
    void givesTheWatchBackWhenTheAccountCanBeWatchedAgain() throws IOException, InterruptedException {
        Path token = Files.writeString(Files.createTempFile("token", ""), "a-token-of-some-length-for-the-operator");
        try (ProxyProcess proxy = ProxyProcess.before(DOVECOT, "--management-token-file", token.toString());
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "inline5");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "inline5")) {
            writer.ok("CREATE box");
            operator(proxy, token, "pause");
            client.ok("NOTIFY SET (personal (MessageNew MessageExpunge))");
            EventCollector events = EventCollector.of(client);
            writer.append("box", Messages.withSubject("first"));
            events.await("\\* STATUS box \\(MESSAGES 1 .*");
            assertThat(Connections.from(proxy.pid(), DOVECOT.port())).isEqualTo(1);

            operator(proxy, token, "resume");
            Awaitility.await().until(() -> Connections.from(proxy.pid(), DOVECOT.port()) > 1);
            writer.append("box", Messages.withSubject("second"));
            events.await("\\* STATUS box \\(MESSAGES 2 .*");
            writer.append("box", Messages.withSubject("third"));
            events.await("\\* STATUS box \\(MESSAGES 3 .*");
            assertThat(events.texts())
                    .filteredOn(text -> text.startsWith("* STATUS"))
                    .hasSize(3);
        } finally {
            Files.delete(token);
        }
    }

    private static void operator(ProxyProcess proxy, Path token, String command)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + proxy.managementPort() + "/api/command/" + command))
                .header("Authorization", "Bearer " + Files.readString(token))
                .POST(HttpRequest.BodyPublishers.ofString("user=inline5"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
