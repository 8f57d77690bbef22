package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docker/compose.yaml as it is, on ports of its own and with images that are built here. */
class ComposeIT {
    private static final String PROMETHEUS = "imapnotify/it-prometheus";
    private static final int IMAP = LegacyServer.freePort();
    private static final int MANAGEMENT = LegacyServer.freePort();
    private static final int PROMETHEUS_PORT = LegacyServer.freePort();
    private static final String PROJECT = "inp" + IMAP;
    private static Path config;

    @BeforeAll
    static void up() throws IOException {
        Docker.require();
        compose();
        ProxyProcess.jar();
        System.out.println(
                "[it] compose: everything but grafana, which Debian does not have; its image is a registry's");
        Docker.build(PROMETHEUS, "it-tests/servers/prometheus.Dockerfile", "it-tests/servers", "BASE");
        config = Prometheus.configuration(MANAGEMENT, "1s");
        long begin = System.nanoTime();
        Command up = run("up", "-d", "--build", "mail", "proxy", "prometheus");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(Greeting.awaited(IMAP, Duration.ofSeconds(30), () -> true)).isTrue();
        System.out.println("[it] compose: up in " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
    }

    @AfterAll
    static void down() {
        if (config != null) {
            Command down = run("down");
            Folders.delete(config);
            assertThat(down.exitCode()).as(down.output()).isZero();
        }
    }

    @Test
    void mailFlowsAndIsCounted() {
        try (ImapTestClient client = ImapTestClient.loggedIn(IMAP, "user1");
                ImapTestClient writer = ImapTestClient.loggedIn(IMAP, "user1")) {
            client.ok("NOTIFY SET STATUS (inboxes (MessageNew MessageExpunge))");
            writer.append("INBOX", Messages.withSubject("hello"));
            client.expect("\\* STATUS \"?INBOX\"? \\(MESSAGES 1 .*");
            Prometheus prometheus = new Prometheus(PROMETHEUS_PORT);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> prometheus.one("sum(imapnotify_notify_events_total)") >= 1
                            && prometheus.one("sum(imapnotify_connections_active)") == 2);
            assertThat(prometheus.get("/api/v1/rules")).contains("ImapNotifyUpstreamDown");
        }
    }

    @Test
    void whatItNamesIsThere() throws IOException {
        assertThat(Files.readString(Folders.PROJECT.resolve("docker/compose.yaml")))
                .contains("./grafana/provisioning:", "./grafana/dashboards:");
        assertThat(Folders.PROJECT.resolve("docker/grafana/provisioning/datasources/prometheus.yaml"))
                .content()
                .contains("uid: prometheus");
        assertThat(Folders.PROJECT.resolve("docker/grafana/dashboards/imap-notify-proxy.json"))
                .content()
                .contains("\"uid\": \"prometheus\"");
    }

    /** The plugin, or the program that Debian has. */
    private static List<String> compose() {
        if (Docker.tried("compose", "version").exitCode() == 0) {
            return List.of("docker", "compose");
        }
        Command.require("docker-compose");
        return List.of("docker-compose");
    }

    private static Command run(String... words) {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "BUILD_IMAGE=" + Docker.base(),
                "MAIL_PORT=" + LegacyServer.freePort(),
                "IMAP_PORT=" + IMAP,
                "MANAGEMENT_PORT=" + MANAGEMENT,
                "PROMETHEUS_IMAGE=" + PROMETHEUS,
                "PROMETHEUS_PORT=" + PROMETHEUS_PORT,
                "PROMETHEUS_CONFIG=" + config));
        line.addAll(compose());
        line.addAll(List.of("-p", PROJECT, "-f", "docker/compose.yaml"));
        line.addAll(List.of(words));
        return Command.run(Folders.PROJECT, Duration.ofMinutes(10), line);
    }
}
