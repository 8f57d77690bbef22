package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same octets said directly and through the proxy, by two users alike, get the same answers: with and without a NOTIFY
 * registration in force, in pieces of any length and pipelined at any depth. {@code -Dimapnotify.seed=N} repeats a run,
 * {@code -Dimapnotify.rounds=N} makes it longer, each round with the next seed.
 */
class TransparencyDifferentialIT {
    private static final int ROUNDS = Integer.getInteger("imapnotify.rounds", 1);

    private static final List<String> SCRIPTS = List.of("common");

    private final long seed = Long.getLong("imapnotify.seed", new Random().nextInt(1_000_000));

    @ParameterizedTest
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    @EnumSource(names = {"DOVECOT_LEGACY", "CYRUS"})
    void answersAreTheUpstreams(Variant variant) {
        for (int round = 0; round < ROUNDS; round++) {
            answersAreTheUpstreams(variant, seed + round);
        }
    }

    private static void answersAreTheUpstreams(Variant variant, long seed) {
        System.out.println("[it] differential: -Dimapnotify.seed=" + seed);
        try (LegacyServer server = LegacyServer.startForOne(variant)) {
            DifferentialRun plain = new DifferentialRun(server, false, seed);
            DifferentialRun registered = new DifferentialRun(server, true, seed);
            CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> plain.play("user1", "user2", SCRIPTS));
            registered.play("user3", "user4", SCRIPTS);
            beside.join();
            List<String> differences = new ArrayList<>(plain.differences());
            differences.addAll(registered.differences());
            assertThat(differences).as("with -Dimapnotify.seed=" + seed).isEmpty();
            assertThat(registered.told()).as("events told in between").isPositive();
        }
    }
}
