package org.imapnotify.it.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * From a change on the server to its STATUS at the client: where an IDLE is (hot), in a mailbox that changes every third interval
 * (warm), in one that was quiet for long (cold); and from the tagged OK of another session's APPEND through the proxy (hinted).
 */
final class Latency {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int ACCOUNTS = 50;
    private static final int SETTLE = 25;
    private static final int MEASURED = 30;
    private static final int COLD_MAILBOXES = 7;

    /** What is on its way to a client. */
    private record Expected(Percentiles kind, long messages, long since) {}

    private final LoadStage stage;
    private final Map<String, Percentiles> kinds = new LinkedHashMap<>();
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    /** When it was told, of what is told before its APPEND's OK is read. */
    private final Map<String, LoadClient.News> told = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(2);
    private volatile boolean measuring;

    private Latency(LoadStage stage) {
        this.stage = stage;
        for (String kind : List.of("hot", "warm", "cold", "hinted")) {
            kinds.put(kind, new Percentiles());
        }
    }

    static void run(String jar, String... flags) throws Exception {
        for (String capabilities : List.of(LoadServer.LIST_STATUS, LoadServer.PLAIN)) {
            List<String> all = new ArrayList<>(List.of("--poll-interval", INTERVAL.toMillis() + "ms"));
            Collections.addAll(all, flags);
            System.out.println((capabilities.equals(LoadServer.PLAIN) ? "without" : "with") + " LIST-STATUS, "
                    + ACCOUNTS + " accounts of 20 mailboxes, poll interval " + INTERVAL.toMillis() + " ms");
            try (LoadStage stage = new LoadStage(jar, capabilities, user -> 20, all.toArray(String[]::new))) {
                new Latency(stage).measure();
            }
        }
    }

    private void measure() throws Exception {
        List<String> users = LoadStage.users("u", ACCOUNTS);
        stage.openAll(users, this::onNews, LoadStage.PERSONAL);
        List<LoadClient> others = stage.openAll(users, news -> {});
        for (String user : users) {
            repeat(user, "m1", "warm", INTERVAL.multipliedBy(3));
        }
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis() * SETTLE);
        measuring = true;
        for (LoadClient other : others) {
            repeat(other.user(), "INBOX", "hot", Duration.ofSeconds(1));
            timer.schedule(() -> append(other), millis(Duration.ofSeconds(1)), TimeUnit.MILLISECONDS);
            for (int i = 0; i < COLD_MAILBOXES; i++) {
                String mailbox = "m" + (3 + i);
                timer.schedule(
                        () -> change(other.user(), mailbox, "cold"),
                        millis(INTERVAL.multipliedBy(MEASURED / 2)),
                        TimeUnit.MILLISECONDS);
            }
        }
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis() * MEASURED);
        LoadStage.await(
                "all cold news", INTERVAL.multipliedBy(5), () -> kind("cold").count() == ACCOUNTS * COLD_MAILBOXES);
        timer.shutdownNow();
        kinds.forEach((kind, times) -> System.out.println(times.row(kind)));
        stage.expectNoFault();
    }

    private Percentiles kind(String kind) {
        return kinds.getOrDefault(kind, new Percentiles());
    }

    /** At random, twice the mean at most: what is regular would march in step with the rounds. */
    private static long millis(Duration mean) {
        return ThreadLocalRandom.current().nextLong(2 * mean.toMillis());
    }

    private void repeat(String user, String mailbox, String kind, Duration mean) {
        timer.schedule(
                () -> {
                    change(user, mailbox, kind);
                    repeat(user, mailbox, kind, mean);
                },
                millis(mean),
                TimeUnit.MILLISECONDS);
    }

    private void change(String user, String mailbox, String kind) {
        expected.computeIfAbsent(user + " " + mailbox, key -> {
            long now = System.nanoTime();
            return new Expected(kind(kind), stage.server().account(user).deliver(mailbox), now);
        });
    }

    private void append(LoadClient other) {
        String key = other.user() + " m10";
        other.append("m10").thenAccept(ok -> {
            long now = System.nanoTime();
            long messages = stage.server().account(other.user()).messages("m10");
            expected.compute(key, (unused, old) -> {
                LoadClient.News early = told.get(key);
                if (early != null && early.messages() == messages) {
                    record(kind("hinted"), 0);
                    return null;
                }
                return new Expected(kind("hinted"), messages, now);
            });
            timer.schedule(() -> append(other), millis(Duration.ofSeconds(1)), TimeUnit.MILLISECONDS);
        });
    }

    private void onNews(LoadClient.News news) {
        String key = news.user() + " " + news.mailbox();
        expected.compute(key, (unused, change) -> {
            told.put(key, news);
            if (change == null || news.messages() < change.messages()) {
                return change;
            }
            record(change.kind(), news.at() - change.since());
            return null;
        });
    }

    private void record(Percentiles kind, long nanos) {
        if (measuring) {
            kind.add(nanos);
        }
    }
}
