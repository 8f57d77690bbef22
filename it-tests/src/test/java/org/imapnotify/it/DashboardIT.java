package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Grafana's files without Grafana, which Debian does not have: each question of the dashboard is asked of a Prometheus that has
 * scraped a proxy at work, and the files name each other as Grafana will look for them.
 */
class DashboardIT {
    private static final Path GRAFANA = Folders.PROJECT.resolve("docker/grafana");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A filter that leaves out what is zero, so that a legend is short. */
    private static final Pattern NOT_ZERO = Pattern.compile(" > 0$");
    /** What need not have happened here, and why. */
    private static final Map<String, String> MAY_BE_EMPTY =
            Map.of("jvm_gc_pause_seconds_max", "a proxy so young has collected no garbage");

    private static JsonNode dashboard;
    private static ProxyProcess proxy;
    private static PrometheusServer prometheus;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        Command.require("prometheus");
        dashboard = new ObjectMapper()
                .readTree(GRAFANA.resolve("dashboards/imap-notify-proxy.json").toFile());
        Certificate certificate = Certificate.of(folder, "IP:127.0.0.1");
        proxy = ProxyProcess.before(
                LegacyServer.shared(Variant.DOVECOT_LEGACY),
                "--listen-tls=127.0.0.1:0",
                "--tls-cert=" + certificate.chain(),
                "--tls-key=" + certificate.key());
        prometheus = PrometheusServer.scraping(proxy);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    private static List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        return panels;
    }

    private static List<String> questions() {
        return panels().stream()
                .flatMap(panel -> panel.findValues("expr").stream())
                .map(expr -> expr.asText().replace("$instance", ".*").replace("[$__rate_interval]", "[1m]"))
                .toList();
    }

    private static boolean isAnswered(String question) {
        return !prometheus
                .asked()
                .query(NOT_ZERO.matcher(question).replaceAll(""))
                .isEmpty();
    }

    @Test
    void eachQuestionHasAnAnswerOfAProxyThatWorks() {
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user5");
                ImapTestClient writer = ImapTestClient.loggedIn(proxy.port(), "user5")) {
            client.ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");
            writer.append("INBOX", Messages.withSubject("seen by the dashboard"));
            client.expect("\\* STATUS \"?INBOX\"? .*");
            writer.completed(writer.send("SELECT nowhere"), "NO");
        }
        Set<String> unanswered = new TreeSet<>(questions());
        assertThat(unanswered).hasSizeGreaterThan(40);
        await().atMost(PATIENCE).untilAsserted(() -> {
            unanswered.removeIf(DashboardIT::isAnswered);
            assertThat(unanswered).allMatch(question -> !reason(question).isEmpty());
        });
        unanswered.forEach(question -> System.out.println("[it] no answer to " + question + ": " + reason(question)));
    }

    /** Why there may be nothing to show for it; empty when there has to be something. */
    private static String reason(String question) {
        return MAY_BE_EMPTY.entrySet().stream()
                .filter(allowed -> question.contains(allowed.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void panelsHaveNumbersOfTheirOwnAndDoNotOverlap() {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            assertThat(panel.get("type").asText()).isIn("row", "stat", "timeseries");
            JsonNode at = panel.get("gridPos");
            assertThat(at.get("x").asInt() + at.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    assertThat(places.add(x + "," + y))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void provisioningNamesTheDataSourceAndTheFolderThatComposeMounts() {
        String source = text("provisioning/datasources/prometheus.yaml");
        panels().stream()
                .flatMap(panel -> panel.findValues("datasource").stream())
                .forEach(used -> assertThat(source)
                        .contains("uid: " + used.get("uid").asText())
                        .contains("type: " + used.get("type").asText()));
        String compose = Folders.text(Folders.PROJECT.resolve("docker/compose.yaml"));
        Pattern.compile("\\$\\{(\\w+)}")
                .matcher(source)
                .results()
                .forEach(variable -> assertThat(compose).contains("      " + variable.group(1) + ": "));
        String mounted = Pattern.compile("path: (\\S+)")
                .matcher(text("provisioning/dashboards/imap-notify-proxy.yaml"))
                .results()
                .map(path -> path.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(compose)
                .contains("- ./grafana/dashboards:" + mounted + ":ro")
                .contains("- ./grafana/provisioning:/etc/grafana/provisioning:ro");
        assertThat(files("dashboards")).containsExactly("imap-notify-proxy.json");
    }

    private static String text(String file) {
        return Folders.text(GRAFANA.resolve(file));
    }

    private static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(GRAFANA.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate of two days is what an alert is for; nothing else is wrong. */
    @Test
    void onlyTheCertificateThatExpiresIsAlerted() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(firing())
                        .contains("ImapNotifyCertificateExpires", "ImapNotifyCertificateExpiresNow")
                        .allMatch(alert -> alert.startsWith("ImapNotifyCertificateExpires")));
    }

    private static List<String> firing() {
        return Pattern.compile("\"alertname\":\"(\\w+)\"")
                .matcher(prometheus.asked().get("/api/v1/alerts"))
                .results()
                .map(alert -> alert.group(1))
                .toList();
    }
}
