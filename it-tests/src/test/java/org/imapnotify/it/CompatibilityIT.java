package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NOTIFY through the proxy on every server at hand: each cell of {@link CompatibilityTable} is what the server makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompatibilityIT {
    private static final Path PAGE = Folders.PROJECT.resolve("docs/compatibility.md");
    private static final int SERVERS_AT_ONCE = 4;
    private static final int USERS = 9;

    private Map<Variant, CompletableFuture<List<String>>> surprises = Map.of();

    @BeforeAll
    void play() {
        ExecutorService pool = Executors.newFixedThreadPool(SERVERS_AT_ONCE);
        surprises = servers()
                .collect(Collectors.toMap(
                        Function.identity(), variant -> CompletableFuture.supplyAsync(() -> surprises(variant), pool)));
        pool.shutdown();
        surprises
                .values()
                .forEach(played -> played.handle((found, failure) -> found).join());
        System.out.println(CompatibilityTable.page());
    }

    private static Stream<Variant> servers() {
        return CompatibilityTable.SERVERS.keySet().stream();
    }

    private static List<String> surprises(Variant variant) {
        List<String> surprises = new ArrayList<>();
        long start = System.nanoTime();
        try (LegacyServer server = LegacyServer.startForOne(variant);
                Relay relay = new Relay(server.port());
                ProxyProcess proxy = ProxyProcess.beforeUrl(
                        "imap://" + LegacyServer.HOST + ":" + relay.port(),
                        ProxyProcess.POLL_INTERVAL,
                        "250ms",
                        "--metadata-interval",
                        "250ms")) {
            for (Feature feature : Feature.values()) {
                Player player = (check, patience) ->
                        failure(() -> new Stage(proxy, relay, server, variant, user(feature), patience), check);
                String surprise = CompatibilityTable.deviation(variant, feature)
                        .map(deviation -> surprise(player, deviation, feature))
                        .orElseGet(() -> player.failure(feature::check, Stage.PATIENCE));
                if (!surprise.isEmpty()) {
                    surprises.add(feature + ": " + surprise);
                }
            }
        }
        System.out.printf("[it] compatibility of %s in %.1f s%n", variant, (System.nanoTime() - start) / 1e9);
        return surprises;
    }

    /** Plays a check on a stage of its own; gives why it failed. */
    private interface Player {
        String failure(Feature.Check check, Duration patience);
    }

    private static String surprise(Player player, Deviation deviation, Feature feature) {
        if (!deviation.absent() && player.failure(feature::check, Stage.SHORT).isEmpty()) {
            return "works, against what is declared";
        }
        return deviation
                .instead()
                .map(instead -> player.failure(instead, Stage.PATIENCE))
                .orElse("");
    }

    private static String user(Feature feature) {
        return "user" + (1 + List.of(Feature.values()).indexOf(feature) % USERS);
    }

    /** Why it does not work; empty where it does. */
    private static String failure(Supplier<Stage> stages, Feature.Check check) {
        try (Stage stage = stages.get()) {
            check.on(stage);
            return "";
        } catch (AssertionError e) {
            return "does not work: " + e.getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void isAsTheTableSays(Variant variant) throws Throwable {
        try {
            assertThat(Objects.requireNonNull(surprises.get(variant)).join()).isEmpty();
        } catch (CompletionException e) {
            // A server that cannot run here skips its test, or fails it in CI.
            throw Objects.requireNonNullElse(e.getCause(), e);
        }
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        if (Boolean.getBoolean("imapnotify.write")) {
            Files.writeString(PAGE, CompatibilityTable.page());
        }
        assertThat(CompatibilityTable.page()).isEqualTo(Files.readString(PAGE));
    }
}
