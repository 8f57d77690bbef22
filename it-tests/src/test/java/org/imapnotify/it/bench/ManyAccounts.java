package org.imapnotify.it.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Many accounts of 20 mailboxes, sessions with NOTIFY in force, everything else as it is by default: CPU, memory, what the server
 * is asked, and whether news comes to a sample of them.
 */
final class ManyAccounts {
    private static final int MEASURED_SECONDS = 90;
    private static final int SAMPLE = 100;

    private final LoadStage stage;
    private final int accounts;
    private final int sessions;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private ManyAccounts(LoadStage stage, int accounts, int sessions) {
        this.stage = stage;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** @param sessions of each account */
    static void run(int accounts, int sessions, String jar, String... flags) throws Exception {
        try (LoadStage stage = new LoadStage(jar, LoadServer.LIST_STATUS, user -> 20, flags)) {
            new ManyAccounts(stage, accounts, sessions).measure();
        }
    }

    private void measure() throws Exception {
        long empty = stage.proxy().pssKib();
        long start = System.nanoTime();
        List<String> users = LoadStage.users("u", accounts);
        for (int i = 0; i < sessions; i++) {
            stage.openAll(users, this::onNews, LoadStage.PERSONAL);
        }
        System.out.printf(
                "%d accounts, %d sessions, all served after %.1f s%n",
                accounts, accounts * sessions, (System.nanoTime() - start) / 1e9);
        LoadStage.await(
                "all watch connections",
                Duration.ofMinutes(2),
                () -> stage.server().watchConnections() == 2 * accounts);
        System.out.printf("all watch connections after %.1f s%n", (System.nanoTime() - start) / 1e9);
        double cpu = stage.proxy().cpuSeconds();
        CommandCounts before = stage.server().watching();
        TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
        double used = (stage.proxy().cpuSeconds() - cpu) / MEASURED_SECONDS;
        CommandCounts asked = stage.server().watching().minus(before);
        long full = stage.proxy().pssKib();
        System.out.printf("CPU %.1f %% of one core over %d s%n", used * 100, MEASURED_SECONDS);
        System.out.printf(
                "memory %d MiB PSS, empty %d MiB: %.1f KiB for each session, %.1f KiB for each account%n",
                full / 1024,
                empty / 1024,
                (double) (full - empty) / accounts / sessions,
                (double) (full - empty) / accounts);
        System.out.printf(
                "asked in a minute: LIST %.0f, STATUS %.0f; for each account %.2f%n",
                asked.of("LIST") * 60.0 / MEASURED_SECONDS,
                asked.of("STATUS") * 60.0 / MEASURED_SECONDS,
                (asked.of("LIST") + asked.of("STATUS")) * 60.0 / MEASURED_SECONDS / accounts);
        deliver(users, "INBOX", Duration.ofSeconds(10));
        deliver(users, "m7", Duration.ofSeconds(75));
        stage.expectNoFault();
    }

    private void onNews(LoadClient.News news) {
        told.merge(news.user() + " " + news.mailbox(), 1L, Long::sum);
    }

    private void deliver(List<String> users, String mailbox, Duration patience) throws InterruptedException {
        List<String> sample = new ArrayList<>(users);
        Collections.shuffle(sample);
        long start = System.nanoTime();
        List<String> keys = new ArrayList<>();
        for (String user : sample.subList(0, Math.min(SAMPLE, accounts))) {
            keys.add(user + " " + mailbox);
            stage.server().account(user).deliver(mailbox);
        }
        LoadStage.await(
                "news of " + mailbox,
                patience,
                () -> keys.stream().allMatch(key -> told.getOrDefault(key, 0L) == sessions));
        System.out.printf(
                "%s of %d accounts: all sessions told within %.1f s%n",
                mailbox, keys.size(), (System.nanoTime() - start) / 1e9);
    }
}
