package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Prometheus scrapes the proxy while sessions come and go; what operators are promised holds in what it has stored. */
class PrometheusIT {
    private static final String OPENED = "sum by (listener) (imapnotify_connections_total)";
    private static final String CLOSED = "sum by (listener) (imapnotify_connection_closes_total)";
    private static final String ACTIVE = "sum by (listener) (imapnotify_connections_active)";
    private static final String DEVIATION = "abs(" + OPENED + " - " + CLOSED + " - " + ACTIVE + ")";
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 6;

    private static ProxyProcess proxy;
    private static PrometheusServer server;
    private static Prometheus prometheus;

    @BeforeAll
    static void start() {
        Command.require("prometheus");
        Command.require("promtool");
        proxy = ProxyProcess.before(LegacyServer.shared(Variant.DOVECOT_LEGACY));
        server = PrometheusServer.scraping(proxy);
        prometheus = server.asked();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    /** At rest to the connection; while clients come and go a scrape may fall between two counters of each of them. */
    @Test
    void connectionsAreThoseOpenedLessThoseClosed() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<ImapTestClient> staying = new ArrayList<>();
        double before = prometheus.one(sum(OPENED));
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                churn(clients);
                staying.add(ImapTestClient.loggedIn(proxy.port(), "user4"));
                awaitSessions(staying.size());
                prometheus.awaitScrape();
                assertThat(prometheus.query(DEVIATION)).isNotEmpty().allMatch(deviation -> deviation == 0);
                assertThat(prometheus.one(sum(ACTIVE))).isEqualTo(round);
                assertThat(prometheus.one(sum(OPENED)) - before).isEqualTo(round * (CLIENTS * 3 + 1.0));
            }
            assertThat(prometheus.query("max_over_time((" + DEVIATION + ")[2m:200ms])"))
                    .allMatch(deviation -> deviation <= CLIENTS);
        } finally {
            clients.shutdownNow();
            staying.forEach(ImapTestClient::close);
        }
        awaitSessions(0);
        prometheus.awaitScrape();
        assertThat(prometheus.one(sum(ACTIVE))).isZero();
        causes();
    }

    private static String sum(String expression) {
        return "sum(" + expression + ")";
    }

    /** One cause for each: those that said LOGOUT, those that just left. */
    private static void causes() {
        double logouts = prometheus.one("sum(imapnotify_connection_closes_total{cause=\"client_logout\"})");
        double left = prometheus.one("sum(imapnotify_connection_closes_total{cause=\"client_closed\"})");
        assertThat(logouts).isGreaterThanOrEqualTo(ROUNDS * CLIENTS);
        assertThat(left).isGreaterThanOrEqualTo(ROUNDS * CLIENTS);
        assertThat(prometheus.one("sum(imapnotify_connection_closes_total)")).isEqualTo(logouts + left);
    }

    private static void churn(ExecutorService clients) throws Exception {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            runs.add(clients.submit(PrometheusIT::comeAndGo));
        }
        for (Future<?> run : runs) {
            run.get();
        }
    }

    private static void comeAndGo() {
        ImapTestClient.connect(proxy.port()).close();
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user4")) {
            client.ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");
        }
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user4")) {
            client.completed(client.send("LOGOUT"), "OK");
            client.expectClosed(ImapTestClient.PATIENCE);
        }
    }

    /** The proxy sees a client leave some time after it has left. */
    private static void awaitSessions(int sessions) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> prometheus.one(sum(ACTIVE)) == sessions);
    }

    @Test
    void theRulesAreLoadedAndQuiet() {
        String rules = prometheus.get("/api/v1/rules");
        assertThat(rules).contains("ImapNotifyProxyDown").contains("ImapNotifyReloadFailed");
        assertThat(rules).doesNotContain("\"health\":\"err\"");
        assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }

    @Test
    void promtoolHasNothingToSayOfTheMetrics(@TempDir Path folder) throws IOException, InterruptedException {
        Path scrape = folder.resolve("metrics");
        Files.writeString(scrape, new Prometheus(proxy.managementPort()).get("/metrics"));
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(scrape.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
