package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.imapnotify.session.CloseCause;
import org.imapnotify.wire.CommandName;
import org.junit.jupiter.api.Test;

/** Pins what a scrape shows: dashboards and alerts of others are built on it. */
class MicrometerTelemetryTest {
    private final Metrics metrics = new Metrics();
    private final PrometheusMeterRegistry registry = metrics.registry();
    private final MicrometerTelemetry telemetry = new MicrometerTelemetry(registry);

    @Test
    void theFamiliesAreTheseAndNoOthers() {
        metrics.bindRuntime(() -> false, () -> 0);
        Set<String> families = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE imapnotify_"))
                .map(line -> line.substring("# TYPE ".length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(families)
                .containsExactly(
                        "imapnotify_auth_attempts_total counter",
                        "imapnotify_auth_duration_seconds histogram",
                        "imapnotify_auth_duration_seconds_max gauge",
                        "imapnotify_build_info gauge",
                        "imapnotify_bytes_total counter",
                        "imapnotify_commands_received_total counter",
                        "imapnotify_commands_total counter",
                        "imapnotify_compressions_total counter",
                        "imapnotify_connection_closes_total counter",
                        "imapnotify_connection_rejects_total counter",
                        "imapnotify_connections_active gauge",
                        "imapnotify_connections_total counter",
                        "imapnotify_direct_memory_max_bytes gauge",
                        "imapnotify_drain_state gauge",
                        "imapnotify_event_loops_pending_tasks gauge",
                        "imapnotify_login_delays_total counter",
                        "imapnotify_notify_events_total counter",
                        "imapnotify_notify_latency_seconds histogram",
                        "imapnotify_notify_latency_seconds_max gauge",
                        "imapnotify_notify_overflow_total counter",
                        "imapnotify_notify_sessions_active gauge",
                        "imapnotify_parser_errors_total counter",
                        "imapnotify_tls_handshakes_total counter",
                        "imapnotify_upstream_addresses_down gauge",
                        "imapnotify_upstream_connect_duration_seconds histogram",
                        "imapnotify_upstream_connect_duration_seconds_max gauge",
                        "imapnotify_upstream_connect_failures_total counter",
                        "imapnotify_upstream_connections_active gauge",
                        "imapnotify_upstream_throttle_total counter",
                        "imapnotify_upstream_up gauge",
                        "imapnotify_upstreams_shedding gauge",
                        "imapnotify_watch_connections_active gauge",
                        "imapnotify_watch_connections_refused_total counter",
                        "imapnotify_watch_connections_waiting gauge",
                        "imapnotify_watch_looks_postponed_total counter",
                        "imapnotify_watch_stretch_ratio gauge",
                        "imapnotify_watcher_poll_duration_seconds histogram",
                        "imapnotify_watcher_poll_duration_seconds_max gauge",
                        "imapnotify_watcher_polled_mailboxes_total counter",
                        "imapnotify_watcher_restarts_total counter",
                        "imapnotify_watchers_active gauge",
                        "imapnotify_watchers_slowed gauge");
    }

    @Test
    void jvmProcessAndNettyAreThereToo() {
        metrics.bindRuntime(() -> false, () -> 0);
        assertThat(registry.scrape())
                .contains("jvm_memory_used_bytes{", "process_cpu_usage ", "process_files_open_files ")
                .contains("process_uptime_seconds ", "netty_allocator_memory_used{")
                .contains("imapnotify_build_info{version=\"development\"} 1");
    }

    @Test
    void openedMinusClosedIsActiveForEachListener() {
        for (int i = 0; i < 5; i++) {
            telemetry.connectionOpened("imap");
        }
        telemetry.connectionOpened("imaps");
        telemetry.connectionClosed("imap", CloseCause.CLIENT_LOGOUT);
        telemetry.connectionClosed("imap", CloseCause.UPSTREAM_BYE);

        for (String listener : List.of("imap", "imaps")) {
            String label = "listener=\"" + listener + "\"";
            double opened = sum("imapnotify_connections_total", label);
            double closed = sum("imapnotify_connection_closes_total", label);
            assertThat(opened - closed).isEqualTo(sum("imapnotify_connections_active", label));
        }
        assertThat(sum("imapnotify_connections_active", "listener=\"imap\"")).isEqualTo(3);
        assertThat(sum("imapnotify_connection_closes_total", "cause=\"upstream_bye\""))
                .isEqualTo(1);
    }

    @Test
    void wordsFromOutsideCannotMakeSeries() {
        long before = registry.scrape().lines().count();
        for (int i = 0; i < 100; i++) {
            telemetry.authentication("X-" + i, false);
            telemetry.upstreamThrottle("please, " + i + " times");
            telemetry.tlsHandshake("client", "TLSv" + i, false);
        }
        assertThat(sum("imapnotify_auth_attempts_total", "mechanism=\"other\"")).isEqualTo(100);
        // Two of auth.attempts, one of throttle, two of handshakes: their "other".
        assertThat(registry.scrape().lines().count()).isEqualTo(before + 5);
    }

    @Test
    void commandsAreCountedAsTheyComeAndAsTheyAreAnswered() {
        telemetry.command(CommandName.NOOP);
        telemetry.command(CommandName.NOOP);
        telemetry.commandDone(CommandName.NOOP, "ok");
        assertThat(sum("imapnotify_commands_received_total", "command=\"noop\""))
                .isEqualTo(2);
        assertThat(sum("imapnotify_commands_total", "command=\"noop\"")).isEqualTo(1);
    }

    @Test
    void upstreamUpIsTheLatestAttempt() {
        telemetry.upstreamConnected("session");
        assertThat(sum("imapnotify_upstream_up", "")).isEqualTo(1);
        telemetry.upstreamConnectFailed("watch");
        assertThat(sum("imapnotify_upstream_up", "")).isZero();
        assertThat(sum("imapnotify_upstream_connections_active", "role=\"session\""))
                .isEqualTo(1);
    }

    @Test
    void eachAddressOfAnUpstreamIsUpOrDown() {
        telemetry.upstreamAddress("a.example:143", true);
        telemetry.upstreamAddress("b.example:143", true);
        telemetry.upstreamAddress("a.example:143", false);
        assertThat(sum("imapnotify_upstream_address_up", "address=\"a.example:143\""))
                .isZero();
        assertThat(sum("imapnotify_upstream_address_up", "address=\"b.example:143\""))
                .isEqualTo(1);
    }

    @Test
    void timesAreSeconds() {
        telemetry.notifyLatency(20_000_000);
        telemetry.authenticationTime(70_000_000);
        telemetry.watchRound(2_000_000_000L, 40);
        assertThat(sum("imapnotify_notify_latency_seconds_sum", "")).isEqualTo(0.02);
        assertThat(sum("imapnotify_notify_latency_seconds_bucket", "le=\"0.025\""))
                .isEqualTo(1);
        assertThat(sum("imapnotify_notify_latency_seconds_bucket", "le=\"0.005\""))
                .isZero();
        assertThat(sum("imapnotify_auth_duration_seconds_sum", "")).isEqualTo(0.07);
        assertThat(sum("imapnotify_watcher_poll_duration_seconds_sum", "")).isEqualTo(2);
        assertThat(sum("imapnotify_watcher_polled_mailboxes_total", "")).isEqualTo(40);
    }

    private double sum(String name, String label) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
