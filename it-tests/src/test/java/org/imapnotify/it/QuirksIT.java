package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.imapnotify.it.ScriptedProfile.Quirk;
import org.junit.jupiter.api.Test;

/** Servers that cannot be run here, played by a {@link ScriptedServer}: right events come through the proxy all the same. */
class QuirksIT {
    private static final String EVENTS = "(MessageNew MessageExpunge)";
    private static final String USER = "user";
    /** Far below the poll intervals of the rules, so what comes within it was not polled for. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    private static ProxyProcess before(ScriptedServer server, String interval, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = ProxyProcess.POLL_INTERVAL;
        all[arguments.length + 1] = interval;
        return ProxyProcess.beforeUrl(server.url(), all);
    }

    private static EventCollector notified(ImapTestClient client, String groups) {
        client.ok("NOTIFY SET " + groups);
        return EventCollector.of(client);
    }

    private static void awaitIdle(ScriptedServer server, String mailbox) {
        long end = System.nanoTime() + PROMPT.toNanos();
        while (server.idling(mailbox) == 0) {
            assertThat(System.nanoTime()).as("IDLE on " + mailbox).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String status(String mailbox, int messages) {
        return "\\* STATUS \"?" + mailbox + "\"? \\(MESSAGES " + messages + "\\b.*";
    }

    /** INBOX by IDLE, others by what goes through the proxy; rounds no more often than the rule allows, connections neither. */
    private static void pushesAndHints(ScriptedProfile profile, int roundsAtMost) {
        try (ScriptedServer server = ScriptedServer.start(profile, "Work");
                ProxyProcess proxy = before(server, "250ms", "--watch-connections", "9");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER);
                ImapTestClient other = ImapTestClient.loggedIn(proxy.port(), USER)) {
            EventCollector events = notified(client, "(personal " + EVENTS + ")");
            awaitIdle(server, "INBOX");
            server.deliver("INBOX");
            events.await(status("INBOX", 1), PROMPT);
            other.append("Work", Messages.withSubject("hinted"));
            events.await(status("Work", 1), PROMPT);
            server.deliver("INBOX");
            events.await(status("INBOX", 2), PROMPT);
            assertThat(events.texts()).as("each told once").hasSize(3);
            assertThat(server.commands().stream().filter(command -> command.startsWith("LIST \"\" \"*\"")))
                    .hasSizeLessThanOrEqualTo(roundsAtMost);
            assertThat(server.open()).isLessThanOrEqualTo(2 + 5);
        }
    }

    @Test
    void gmail() {
        pushesAndHints(ScriptedProfile.gmail(), 2);
    }

    @Test
    void exchange() {
        pushesAndHints(ScriptedProfile.exchange(), 2);
    }

    /** It drops whoever sends two commands at once, and the rule says so before it has to. */
    @Test
    void yahoo() {
        try (ScriptedServer server = ScriptedServer.start(ScriptedProfile.yahoo(), "a", "b", "c");
                ProxyProcess proxy = before(server, "250ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER);
                ImapTestClient other = ImapTestClient.loggedIn(proxy.port(), USER)) {
            EventCollector events = notified(client, "(mailboxes (a b c) " + EVENTS + ")");
            for (String box : List.of("c", "a", "b")) {
                other.append(box, Messages.withSubject("hinted"));
                events.await(status(box, 1), PROMPT);
            }
            assertThat(events.texts()).hasSize(3);
            assertThat(server.faults()).isEmpty();
        }
    }

    /** Forty rounds, of which each is one LIST: the connection would have been ended at the twenty-sixth. */
    @Test
    void zimbra() {
        try (ScriptedServer server = ScriptedServer.start(ScriptedProfile.zimbra(), "Work");
                ProxyProcess proxy = before(server, "50ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            EventCollector events = notified(client, "(personal " + EVENTS + ")");
            for (int i = 1; i <= 20; i++) {
                server.deliver("Work");
                events.await(status("Work", i), PROMPT);
            }
            long end = System.nanoTime() + PROMPT.toNanos();
            while (lists(server) < 40 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(lists(server)).isGreaterThanOrEqualTo(40);
            assertThat(server.faults()).isEmpty();
        }
    }

    private static long lists(ScriptedServer server) {
        return server.commands().stream()
                .filter(command -> command.startsWith("LIST \"\" \"*\""))
                .count();
    }

    /** IDLE tells nothing for a minute, neither to the session nor to the watcher: both look at the poll interval. */
    private static void saysNothingInIdle(ScriptedProfile profile) {
        try (ScriptedServer server = ScriptedServer.start(profile, "Work");
                ProxyProcess proxy = before(server, "500ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            client.ok("SELECT INBOX");
            EventCollector events = notified(client, "(selected " + EVENTS + ") (mailboxes Work " + EVENTS + ")");
            for (int i = 1; i <= 3; i++) {
                server.deliver("INBOX");
                events.await("\\* " + i + " EXISTS", PROMPT);
                server.deliver("Work");
                events.await(status("Work", i), PROMPT);
            }
            assertThat(events.texts()).as("each told once").hasSize(6);
        }
    }

    @Test
    void courier() {
        saysNothingInIdle(ScriptedProfile.courier());
    }

    @Test
    void imap4d() {
        saysNothingInIdle(ScriptedProfile.imap4d());
    }

    /** Nobody knows it, so it is found out: after two connections commands go one by one. */
    @Test
    void dropsWhatIsSentTogether() {
        ScriptedProfile profile = ScriptedProfile.unknown("IMAP4rev1 LITERAL+", Quirk.DROPS_PIPELINED);
        try (ScriptedServer server = ScriptedServer.start(profile, "a", "b", "c");
                ProxyProcess proxy = before(server, "250ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            EventCollector events = notified(client, "(mailboxes (a b c) " + EVENTS + ")");
            for (String box : List.of("c", "a", "b")) {
                server.deliver(box);
                events.await(status(box, 1));
            }
            assertThat(server.faults()).hasSize(2);
            assertThat(proxy.output()).contains("it is asked one by one from now on");
        }
    }

    @Test
    void listsWithoutStatus() {
        ScriptedProfile profile =
                ScriptedProfile.unknown("IMAP4rev1 LIST-EXTENDED LIST-STATUS LITERAL+", Quirk.LIST_WITHOUT_STATUS);
        try (ScriptedServer server = ScriptedServer.start(profile, "a", "b");
                ProxyProcess proxy = before(server, "250ms");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            EventCollector events = notified(client, "(personal " + EVENTS + ")");
            for (String box : List.of("b", "INBOX", "a")) {
                server.deliver(box);
                events.await(status(box, 1), PROMPT);
            }
            assertThat(server.commands().stream()
                            .filter(command -> command.contains("STATUS (MESSAGES") && command.startsWith("LIST")))
                    .hasSize(1);
        }
    }
}
