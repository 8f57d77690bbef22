package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRulesTest {
    private static final Path DOCKER = Path.of("../docker");
    private static final Pattern METRIC = Pattern.compile("imapnotify_[a-z_]+");

    @ParameterizedTest
    @ValueSource(strings = {"prometheus/alerts.yml", "grafana/dashboards/imap-notify-proxy.json"})
    void nothingIsAskedForThatTheProxyDoesNotTell(String file) throws IOException {
        Metrics metrics = new Metrics();
        metrics.bindRuntime(() -> false, () -> 0);
        PrometheusMeterRegistry registry = metrics.registry();
        MicrometerTelemetry telemetry = new MicrometerTelemetry(registry);
        telemetry.certificate("imaps", Instant.EPOCH);
        telemetry.upstreamAddress("mail.example.org:993", true);
        new ReloadMeters(new Meters(registry));
        Set<String> told = names(registry.scrape());
        assertThat(names(Files.readString(DOCKER.resolve(file)))).isNotEmpty().isSubsetOf(told);
    }

    private static Set<String> names(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void rulesFireWhenTheyShouldAndNotBefore() throws Exception {
        promtool("check", "rules", "alerts.yml");
        promtool("test", "rules", "alerts_test.yml");
    }

    private static void promtool(String... words) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")), "Prometheus is not installed");
        Process promtool = new ProcessBuilder(
                        Stream.concat(Stream.of("promtool"), Stream.of(words)).toList())
                .directory(DOCKER.resolve("prometheus").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void eachRuleHasACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        String cases = Files.readString(DOCKER.resolve("prometheus/alerts_test.yml"));
        Set<String> rules = found("- alert: (\\w+)", Files.readString(DOCKER.resolve("prometheus/alerts.yml")));
        assertThat(found("alertname: (\\w+), exp_alerts: \\[]", cases)).isEqualTo(rules);
        assertThat(found("alertname: (\\w+)\\s+exp_alerts:\\s+- exp_labels", cases))
                .isEqualTo(rules);
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
