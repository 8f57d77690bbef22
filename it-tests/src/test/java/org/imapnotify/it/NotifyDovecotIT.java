package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One connection is told of many mailboxes of a Dovecot that has no NOTIFY, and as fast as promised. The writer works
 * on Dovecot directly, so the proxy sees nothing but what the server shows it. Times count from the writer's tagged OK;
 * limits hold for the median or the 90th percentile, since two busy cores may hold up any single one.
 */
class NotifyDovecotIT {
    private static final double POLL_INTERVAL_MILLIS = 500;
    private static final double POLL_ALLOWANCE_MILLIS = 200;
    private static final double IDLE_ALLOWANCE_MILLIS = 100;
    private static final int BOXES = 10;
    private static final int ROUNDS = 10;
    private static final int SESSIONS = 20;
    private static final int WATCH_CONNECTIONS = 2;
    private static final String MESSAGE_EVENTS = "(MessageNew MessageExpunge FlagChange)";

    private static LegacyServer dovecot;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        proxy = startProxy();
    }

    private static ProxyProcess startProxy() {
        return ProxyProcess.before(dovecot, "--watch-connections", Integer.toString(WATCH_CONNECTIONS));
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void tellsOfTenOtherMailboxesWithinThePollInterval() {
        try (ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user1");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user1")) {
            List<String> boxes = createBoxes(writer);
            client.ok("SELECT INBOX");
            client.ok("NOTIFY SET (selected " + MESSAGE_EVENTS + ") (personal " + MESSAGE_EVENTS + ")");
            EventCollector events = EventCollector.of(client);

            Samples appends = new Samples("other mailbox: APPEND -> STATUS");
            Samples seen = new Samples("other mailbox: \\Seen -> STATUS");
            Samples expunges = new Samples("other mailbox: EXPUNGE -> STATUS");
            for (String box : boxes) {
                long appended = done(writer, writer.appendWithoutWaiting(box, Messages.withSubject("news")));
                appends.add(appended, status(events, box, "MESSAGES 1\\b.*"));
                writer.ok("SELECT " + box);
                long stored = done(writer, writer.send("STORE 1 +FLAGS (\\Seen)"));
                seen.add(stored, status(events, box, ".*UNSEEN 0\\b.*"));
                writer.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
                long expunged = done(writer, writer.send("EXPUNGE"));
                expunges.add(expunged, status(events, box, ".*MESSAGES 0\\b.*"));
                writer.ok("UNSELECT");
            }

            List<Samples> measured = List.of(appends, seen, expunges);
            print(measured);
            assertThat(measured)
                    .allSatisfy(samples -> assertThat(samples.percentile(90))
                            .as(samples.row())
                            .isLessThanOrEqualTo(POLL_INTERVAL_MILLIS + POLL_ALLOWANCE_MILLIS));
        }
    }

    @Test
    void tellsOfInboxAsFastAsDovecotsOwnIdle() {
        // With a poll interval that no message can wait for, it is the watcher's IDLE that tells.
        try (ProxyProcess proxy = ProxyProcess.before(dovecot, ProxyProcess.POLL_INTERVAL, "60s");
                ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user2");
                ImapTestClient direct = ImapTestClient.loggedIn(dovecot.port(), "user2");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user2")) {
            client.ok("NOTIFY SET (inboxes " + MESSAGE_EVENTS + ")");
            direct.ok("SELECT INBOX");
            Samples idle = new Samples("INBOX: Dovecot's own IDLE, EXISTS");
            Samples told = new Samples("INBOX, not selected: STATUS");
            race(
                    writer,
                    "INBOX",
                    idling(direct),
                    idle,
                    EventCollector.of(client),
                    told,
                    "\\* STATUS INBOX \\(MESSAGES %d .*");
            judge(idle, told);
        }
    }

    @Test
    void tellsOfTheSelectedMailboxAsFastAsDovecotsOwnIdle() {
        try (ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user3");
                ImapTestClient direct = ImapTestClient.loggedIn(dovecot.port(), "user3");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user3")) {
            writer.ok("CREATE work");
            client.ok("SELECT work");
            client.ok("NOTIFY SET (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)])"
                    + " MessageExpunge FlagChange))");
            direct.ok("SELECT work");
            EventCollector events = EventCollector.of(client);
            Samples idle = new Samples("selected mailbox: Dovecot's own IDLE, EXISTS");
            Samples told = new Samples("selected mailbox: EXISTS + FETCH of headers");
            race(writer, "work", idling(direct), idle, events, told, "\\* %d FETCH \\(.*Subject: news %1$d\r\n.*");
            assertThat(events.texts()).contains("* 1 EXISTS", "* " + ROUNDS + " EXISTS");
            assertThat(events.texts())
                    .filteredOn(text -> text.contains(" FETCH (UID "))
                    .hasSize(ROUNDS);
            judge(idle, told);

            writer.ok("SELECT work");
            writer.ok("STORE 2 +FLAGS (\\Seen)");
            events.await("\\* 2 FETCH \\(.*FLAGS \\(.*\\\\Seen.*\\).*\\)");
            writer.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            writer.ok("EXPUNGE");
            events.await("\\* 1 EXPUNGE");
        }
    }

    @Test
    void twentySessionsShareOneSetOfWatchConnections() {
        List<ImapTestClient> clients = new ArrayList<>();
        try (ProxyProcess proxy = startProxy();
                ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user4")) {
            createBoxes(writer);
            List<EventCollector> collectors = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user4");
                clients.add(client);
                client.ok("NOTIFY SET (personal " + MESSAGE_EVENTS + ")");
                collectors.add(EventCollector.of(client));
            }
            writer.append("box3", Messages.withSubject("for all"));
            collectors.forEach(collector -> status(collector, "box3", "MESSAGES 1\\b.*"));

            long connections = Connections.from(proxy.pid(), dovecot.port());
            System.out.printf("[it] %d sessions of one account: %d connections to the server%n", SESSIONS, connections);
            assertThat(connections).isBetween(SESSIONS + 1L, (long) SESSIONS + WATCH_CONNECTIONS);

            clients.forEach(ImapTestClient::close);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Connections.from(proxy.pid(), dovecot.port()))
                            .isLessThanOrEqualTo(WATCH_CONNECTIONS));
        } finally {
            clients.forEach(ImapTestClient::close);
        }
    }

    /** Appends message by message, each only after both have been told of the one before. */
    private static void race(
            ImapTestClient writer,
            String mailbox,
            EventCollector direct,
            Samples idle,
            EventCollector viaProxy,
            Samples told,
            String toldPattern) {
        for (int i = 1; i <= ROUNDS; i++) {
            long appended = done(writer, writer.appendWithoutWaiting(mailbox, Messages.withSubject("news " + i)));
            idle.add(appended, direct.await("\\* " + i + " EXISTS").nanos());
            told.add(appended, viaProxy.await(String.format(toldPattern, i)).nanos());
        }
    }

    private static void judge(Samples idle, Samples told) {
        print(List.of(idle, told));
        assertThat(told.median()).as(told.row()).isLessThanOrEqualTo(idle.median() + IDLE_ALLOWANCE_MILLIS);
    }

    private static EventCollector idling(ImapTestClient client) {
        client.send("IDLE");
        client.expect("\\+ .*");
        return EventCollector.of(client);
    }

    private static long done(ImapTestClient writer, String tag) {
        return writer.expect(tag + " OK.*").nanos();
    }

    private static long status(EventCollector events, String mailbox, String items) {
        return events.await("\\* STATUS \"?" + mailbox + "\"? \\(" + items).nanos();
    }

    private static List<String> createBoxes(ImapTestClient writer) {
        List<String> boxes =
                IntStream.rangeClosed(1, BOXES).mapToObj(i -> "box" + i).toList();
        boxes.forEach(box -> writer.ok("CREATE " + box));
        return boxes;
    }

    private static void print(List<Samples> measured) {
        System.out.println(measured.stream()
                .map(Samples::row)
                .collect(Collectors.joining("\n[it] ", "[it] " + Samples.header() + "\n[it] ", "")));
    }
}
