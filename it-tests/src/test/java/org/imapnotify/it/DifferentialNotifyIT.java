package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The same scenarios played to a Dovecot with NOTIFY and to the proxy in front of a Dovecot without: the events are the same but for
 * what the scenarios list with its reason. {@code -Dimapnotify.write=true} writes what was seen into the scenarios and the page of
 * docs, to be read before it is believed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialNotifyIT {
    private static final boolean WRITE = Boolean.getBoolean("imapnotify.write");
    private static final Path PAGE = Folders.PROJECT.resolve("docs/notify-differences.md");
    private static final int AT_ONCE = 100;

    private final List<NotifyScenario> scenarios = NotifyScenario.all();
    private List<List<List<String>>> direct = List.of();
    private List<List<List<String>>> proxied = List.of();

    @BeforeAll
    void play() {
        LegacyServer oracle = LegacyServer.shared(Variant.DOVECOT_NATIVE);
        LegacyServer legacy = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        try (ProxyProcess proxy = ProxyProcess.before(legacy, ProxyProcess.POLL_INTERVAL, "200ms")) {
            direct = playAll(oracle.port(), oracle.port(), List.of());
            proxied = playAll(proxy.port(), legacy.port(), direct);
        }
        if (WRITE) {
            new NotifyScenarioFiles(this::seen).write();
        }
        writeDown();
    }

    /** For reading: everything that either side has said. */
    private void writeDown() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            lines.add("=== " + scenarios.get(i).title());
            for (int j = 0; j < scenarios.get(i).steps().size(); j++) {
                lines.add(scenarios.get(i).steps().get(j).line());
                direct.get(i).get(j).forEach(response -> lines.add("  dovecot " + response));
                proxied.get(i).get(j).forEach(response -> lines.add("  proxy   " + response));
            }
        }
        try {
            Files.write(Folders.TARGET.resolve("notify-differential.txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<List<List<String>>> playAll(int port, int writerPort, List<List<List<String>>> oracle) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<List<List<String>>>> plays = IntStream.range(0, scenarios.size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> play(port, writerPort, i, oracle), pool))
                    .toList();
            return plays.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdown();
        }
    }

    private List<List<String>> play(int port, int writerPort, int index, List<List<List<String>>> oracle) {
        NotifyScenario scenario = scenarios.get(index);
        try (NotifyRun run = new NotifyRun(port, writerPort, "differs" + index)) {
            return oracle.isEmpty() ? run.play(scenario) : run.play(scenario, scenario.awaited(oracle.get(index)));
        }
    }

    private NotifyDifference difference(int scenario, int step) {
        return NotifyDifference.between(
                direct.get(scenario).get(step), proxied.get(scenario).get(step));
    }

    private NotifyDifference seen(NotifyScenario scenario, int step) {
        int index = IntStream.range(0, scenarios.size())
                .filter(i -> scenarios.get(i).title().equals(scenario.title()))
                .findFirst()
                .orElseThrow();
        return difference(index, step);
    }

    @Test
    void differsOnlyWhereListedAndThereStill() {
        List<String> wrong = new ArrayList<>();
        int events = 0;
        for (int i = 0; i < scenarios.size(); i++) {
            NotifyScenario scenario = scenarios.get(i);
            for (int j = 0; j < scenario.steps().size(); j++) {
                events += proxied.get(i).get(j).size();
                if (!difference(i, j).isListedIn(scenario.steps().get(j))) {
                    wrong.add(report(i, j));
                }
            }
        }
        System.out.printf(
                "[it] %d scenarios against Dovecot's own NOTIFY, %d responses compared%n", scenarios.size(), events);
        System.out.println(NotifyDifferencesPage.of(scenarios));
        assertThat(wrong).isEmpty();
    }

    private String report(int scenario, int step) {
        NotifyScenario.Step listed = scenarios.get(scenario).steps().get(step);
        return String.join(
                "\n   ",
                Stream.of(
                                Stream.of(scenarios.get(scenario).title(), listed.line(), "seen:"),
                                difference(scenario, step).lines().stream(),
                                Stream.of("listed:"),
                                listed.listed().stream(),
                                Stream.of(
                                        "Dovecot: " + direct.get(scenario).get(step),
                                        "proxy: " + proxied.get(scenario).get(step)))
                        .flatMap(lines -> lines)
                        .toList());
    }

    @Test
    void everyListedDifferenceHasItsReason() {
        assertThat(scenarios)
                .allSatisfy(scenario -> assertThat(scenario.steps()).allSatisfy(step -> {
                    assertThat(step.reasons().isEmpty()).as(step.line()).isEqualTo(!step.differs());
                    assertThat(NotifyDifferencesPage.reasons().keySet()).containsAll(step.reasons());
                }));
    }

    @Test
    void everyRuleExplainsSomething() {
        Set<NotifyRule> used = new HashSet<>();
        for (int i = 0; i < scenarios.size(); i++) {
            for (int j = 0; j < scenarios.get(i).steps().size(); j++) {
                used.addAll(difference(i, j).rules());
            }
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(NotifyRule.ALL);
    }

    /** A scenario in which nothing comes by itself would prove nothing, unless that is what it is about. */
    @Test
    void everyScenarioHasEventsUnlessItIsAboutSilence() {
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            boolean events = false;
            for (int j = 0; j < scenarios.get(i).steps().size(); j++) {
                events |= !scenarios.get(i).steps().get(j).client()
                        && !(direct.get(i).get(j).isEmpty()
                                && proxied.get(i).get(j).isEmpty());
            }
            if (!events) {
                silent.add(scenarios.get(i).title());
            }
        }
        assertThat(silent)
                .containsExactlyElementsOf(scenarios.stream()
                        .filter(NotifyScenario::silent)
                        .map(NotifyScenario::title)
                        .toList());
    }

    @Test
    void thePageShowsThem() throws IOException {
        String page = NotifyDifferencesPage.of(NotifyScenario.all());
        if (WRITE) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }

    @AfterAll
    void forget() {
        direct = List.of();
        proxied = List.of();
    }
}
