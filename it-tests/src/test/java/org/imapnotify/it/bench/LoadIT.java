package org.imapnotify.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.imapnotify.it.ProxyProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code it-tests/bench} measures, smaller, and with counts instead of times. */
class LoadIT {
    private static final String JAR = ProxyProcess.jar().toString();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String POLL_INTERVAL = "--poll-interval";

    /** What was told, by user and mailbox; and how many messages at last. */
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();

    private final Map<String, Long> messages = new ConcurrentHashMap<>();

    private void onNews(LoadClient.News news) {
        String key = news.user() + " " + news.mailbox();
        messages.put(key, news.messages());
        told.computeIfAbsent(key, unused -> new LongAdder()).increment();
    }

    private long told(String user, String mailbox) {
        LongAdder count = told.get(user + " " + mailbox);
        return count == null ? 0 : count.sum();
    }

    /** By rounds of the one while the other is watched as well: not by time. */
    @ParameterizedTest
    @ValueSource(strings = {LoadServer.LIST_STATUS, LoadServer.PLAIN})
    void twentySessionsCostAsMuchAsOne(String capabilities) throws Exception {
        try (LoadStage stage = new LoadStage(JAR, capabilities, user -> 20, POLL_INTERVAL, "100ms")) {
            stage.open("one", this::onNews, LoadStage.PERSONAL);
            stage.openAll(Collections.nCopies(20, "twenty"), this::onNews, LoadStage.PERSONAL);
            LoadAccount one = stage.server().account("one");
            LoadAccount twenty = stage.server().account("twenty");
            LoadStage.await("IDLE", PATIENCE, () -> one.watchConnections() == 2 && twenty.watchConnections() == 2);
            CommandCounts oneBefore = one.watching();
            CommandCounts twentyBefore = twenty.watching();
            LoadStage.await(
                    "rounds", PATIENCE, () -> one.watching().minus(oneBefore).of("LIST") >= 40);
            CommandCounts ofOne = one.watching().minus(oneBefore);
            CommandCounts ofTwenty = twenty.watching().minus(twentyBefore);
            for (String command : List.of("LIST", "STATUS")) {
                assertThat(ofTwenty.of(command))
                        .as(command + " of twenty, and of one " + ofOne.of(command))
                        .isLessThanOrEqualTo(2 * ofOne.of(command) + 2);
            }
            assertThat(twenty.watchConnections()).isEqualTo(2);
            assertThat(stage.server().faults()).isEmpty();
        }
    }

    @Test
    void aThousandMailboxesAreAskedForInOneCommand() throws Exception {
        try (LoadStage stage = new LoadStage(JAR, LoadServer.LIST_STATUS, user -> 1000, POLL_INTERVAL, "30s")) {
            stage.open("many", this::onNews, "NOTIFY SET STATUS (personal " + LoadStage.NEWS + ")");
            CommandCounts asked = stage.server().account("many").watching();
            assertThat(told).hasSize(1000);
            assertThat(asked.of("LIST")).isEqualTo(1);
            assertThat(asked.of("STATUS"))
                    .as("of INBOX, once its IDLE has begun")
                    .isLessThanOrEqualTo(1);

            stage.open("many", news -> {}).append("m777").get();
            LoadStage.await("the hint", PATIENCE, () -> messages.getOrDefault("many m777", 0L) == 1);
            assertThat(stage.server().account("many").watching().of("LIST")).isEqualTo(1);
            assertThat(stage.server().faults()).isEmpty();
        }
    }

    /** Each is told of once what came, and of once what came while all watch connections were cut. */
    @Test
    void twoHundredAccountsAreServed() throws Exception {
        List<String> users = LoadStage.users("u", 200);
        try (LoadStage stage = new LoadStage(JAR, LoadServer.LIST_STATUS, user -> 20, POLL_INTERVAL, "1s")) {
            stage.openAll(users, this::onNews, LoadStage.PERSONAL);
            LoadStage.await("IDLE", PATIENCE, () -> stage.server().watchConnections() == 400);
            users.forEach(user -> stage.server().account(user).deliver("m7"));
            LoadStage.await("news", PATIENCE, () -> users.stream().allMatch(user -> told(user, "m7") == 1));

            stage.server().cutWatching();
            users.forEach(user -> stage.server().account(user).deliver("m8"));
            LoadStage.await("more news", PATIENCE, () -> users.stream().allMatch(user -> told(user, "m8") == 1));
            assertThat(told).hasSize(400);
            assertThat(stage.server().watchConnections()).isLessThanOrEqualTo(400);
            assertThat(stage.server().faults()).isEmpty();
        }
    }
}
