package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does by signals to a proxy with five hundred clients. */
@Timeout(120)
class SignalsIT {
    private static final int SESSIONS = 500;
    private static final int USERS = 9;
    private static final Duration SPREAD = Duration.ofSeconds(3);

    private static LegacyServer dovecot;

    private final List<ImapTestClient> clients = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path config;
    private ProxyProcess proxy;

    @BeforeAll
    static void startServer() {
        dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
    }

    @BeforeEach
    void start() throws IOException {
        config = folder.resolve("config.yaml");
        Files.writeString(config, "allow-plaintext-auth: false\n");
        proxy = ProxyProcess.before(dovecot, "--config", config.toString(), "--drain-spread", SPREAD.toSeconds() + "s");
    }

    @AfterEach
    void stop() {
        clients.forEach(ImapTestClient::close);
        proxy.close();
    }

    private void connect(int count) {
        IntStream.range(0, count)
                .forEach(i -> clients.add(ImapTestClient.loggedIn(proxy.port(), "user" + (1 + i % USERS))));
    }

    private static void signal(String name, ProxyProcess to) {
        Command kill = Command.run(
                Folders.PROJECT, Duration.ofSeconds(5), List.of("kill", "-" + name, Long.toString(to.pid())));
        assertThat(kill.exitCode()).as(kill.output()).isZero();
    }

    private void awaitSaid(String text, int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> proxy.output().split(text, -1).length - 1 >= times);
    }

    @Test
    void aReloadDropsNobodyAndARefusedOneChangesNothing() throws IOException {
        connect(SESSIONS);
        clients.get(0).ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");

        Files.writeString(config, "notify: off\n");
        signal("HUP", proxy);
        awaitSaid("configuration reloaded", 1);
        assertNotifyOffered(false);

        Files.writeString(config, "notify: auto\nwatch-connections: many\n");
        signal("HUP", proxy);
        awaitSaid("configuration not reloaded, nothing has changed: ", 1);
        assertThat(proxy.output()).contains("watch-connections").contains("many");
        assertNotifyOffered(false); // though the file says auto

        Files.writeString(config, "notify: auto\n");
        signal("HUP", proxy);
        awaitSaid("configuration reloaded", 2);
        assertNotifyOffered(true);

        clients.forEach(client -> client.ok("NOOP"));
        assertThat(proxy.output()).doesNotContain("cause=SHUTDOWN").doesNotContain("cause=UPSTREAM");
        try (ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user1")) {
            writer.append("INBOX", Messages.withSubject("after the reload"));
            clients.get(0).expect("\\* STATUS \"?INBOX\"? .*");
        }
    }

    /** By a client that begins now: those that are there keep what they were offered. */
    private void assertNotifyOffered(boolean offered) {
        try (ImapTestClient fresh = ImapTestClient.loggedIn(proxy.port(), "user1")) {
            assertThat(fresh.ok("CAPABILITY").get(0).contains(" NOTIFY")).isEqualTo(offered);
        }
    }

    @Test
    void theDrainSpreadsTheByesAndEndsInTime() {
        connect(SESSIONS);
        long begin = System.nanoTime();
        signal("TERM", proxy); // not Process.destroy, which closes the stream that is read here
        for (ImapTestClient client : clients) {
            client.expect("\\* BYE .*");
            client.expectClosed(ImapTestClient.PATIENCE);
        }
        assertThat(proxy.awaitExit(Duration.ofSeconds(20))).as(proxy.output()).isZero();
        long took = (System.nanoTime() - begin) / 1_000_000;
        System.out.println("[it] drain of " + SESSIONS + " sessions: over after " + took + " ms");
        assertThat(took).isBetween(SPREAD.toMillis() / 2, SPREAD.plusSeconds(5).toMillis());
        assertThat(proxy.output().split("cause=SHUTDOWN", -1)).hasSize(SESSIONS + 1);
        assertSpread();
    }

    /** By the proxy's own log: in each third of the time some leave, in none of them most. */
    private void assertSpread() {
        List<Long> ends = proxy.output()
                .lines()
                .filter(line -> line.contains("cause=SHUTDOWN"))
                .map(line -> java.time.Instant.parse(line.split(" ", 2)[0]).toEpochMilli())
                .sorted()
                .toList();
        long first = ends.get(0);
        long third = SPREAD.toMillis() / 3;
        for (int part = 0; part < 3; part++) {
            long from = first + part * third;
            assertThat(ends.stream()
                            .filter(end -> end >= from && end < from + third)
                            .count())
                    .isBetween(SESSIONS / 6L, SESSIONS / 2L);
        }
    }

    @Test
    void theSecondSigtermEndsItAtOnce() throws IOException {
        proxy.close();
        proxy = ProxyProcess.before(dovecot, "--drain-delay", "10m");
        connect(3);
        signal("TERM", proxy);
        awaitSaid(" stopping sessions=3", 1);
        clients.get(0).ok("NOOP");
        connect(1); // still taken
        long begin = System.nanoTime();
        signal("TERM", proxy);
        for (ImapTestClient client : clients) {
            client.expect("\\* BYE .*");
        }
        assertThat(proxy.awaitExit(Duration.ofSeconds(20))).as(proxy.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
