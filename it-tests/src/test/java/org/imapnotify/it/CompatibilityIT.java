package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
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
        try (LegacyServer server = LegacyServer.startForOne(variant);
                ProxyProcess proxy = ProxyProcess.before(server, ProxyProcess.POLL_INTERVAL, "250ms")) {
            for (Feature feature : Feature.values()) {
                String surprise = CompatibilityTable.deviation(variant, feature)
                        .map(deviation -> surprise(proxy, server, deviation, feature))
                        .orElseGet(() -> failure(proxy, server, variant, feature, feature::check));
                if (!surprise.isEmpty()) {
                    surprises.add(feature + ": " + surprise);
                }
            }
        }
        return surprises;
    }

    private static String surprise(ProxyProcess proxy, LegacyServer server, Deviation deviation, Feature feature) {
        if (failure(proxy, server, deviation.variant(), feature, feature::check).isEmpty()) {
            return "works, against what is declared";
        }
        return deviation
                .instead()
                .map(instead -> failure(proxy, server, deviation.variant(), feature, instead))
                .orElse("");
    }

    /** Why it does not work; empty where it does. */
    private static String failure(
            ProxyProcess proxy, LegacyServer server, Variant variant, Feature feature, Feature.Check check) {
        String user = "user" + (1 + List.of(Feature.values()).indexOf(feature) % USERS);
        try (Stage stage = new Stage(proxy, server, variant, user)) {
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
