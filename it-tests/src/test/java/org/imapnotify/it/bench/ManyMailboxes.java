package org.imapnotify.it.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Accounts of a thousand mailboxes: how long {@code NOTIFY SET STATUS} takes, what a round asks, what that costs. */
final class ManyMailboxes {
    private static final int MAILBOXES = 1000;
    private static final int WARMING = 20;
    private static final int ACCOUNTS = 20;
    private static final int MEASURED_SECONDS = 30;
    private static final String SET = "NOTIFY SET STATUS (personal " + LoadStage.NEWS + ")";

    private ManyMailboxes() {}

    static void run(String jar, String... flags) throws Exception {
        for (String capabilities : List.of(LoadServer.LIST_STATUS, LoadServer.PLAIN)) {
            System.out.println((capabilities.equals(LoadServer.PLAIN) ? "without" : "with") + " LIST-STATUS, "
                    + MAILBOXES + " mailboxes");
            try (LoadStage stage = new LoadStage(jar, capabilities, user -> MAILBOXES, flags)) {
                measure(stage);
            }
        }
    }

    private static void measure(LoadStage stage) throws Exception {
        for (String user : LoadStage.users("warming", WARMING)) {
            stage.open(user, news -> {}, SET).close();
        }
        long empty = stage.proxy().pssKib();
        LongAdder told = new LongAdder();
        Percentiles times = new Percentiles();
        for (String user : LoadStage.users("u", ACCOUNTS)) {
            LoadClient client = stage.open(user, news -> told.increment());
            long start = System.nanoTime();
            client.command(SET).get();
            times.add(System.nanoTime() - start);
        }
        System.out.println(times.row("NOTIFY SET STATUS to its OK"));
        System.out.println("STATUS lines for each: " + told.sum() / ACCOUNTS);
        CommandCounts first = LoadStage.users("u", ACCOUNTS).stream()
                .map(user -> stage.server().account(user).watching())
                .reduce(CommandCounts.none(), CommandCounts::plus);
        System.out.println("asked until then, all accounts: " + first.byName());
        LoadStage.await(
                "IDLE connections", Duration.ofMinutes(1), () -> stage.server().watchConnections() >= 2 * ACCOUNTS);
        double cpu = stage.proxy().cpuSeconds();
        CommandCounts before = stage.server().watching();
        TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
        CommandCounts asked = stage.server().watching().minus(before);
        double rounds = (double) asked.of("LIST") + (double) asked.of("STATUS") / MAILBOXES;
        double used = stage.proxy().cpuSeconds() - cpu;
        System.out.printf(
                "in %d s: %s; CPU %.2f s, %.1f ms a round%n",
                MEASURED_SECONDS, asked.byName(), used, used * 1e3 / rounds);
        System.out.printf(
                "memory: %d KiB PSS more for each account%n", (stage.proxy().pssKib() - empty) / ACCOUNTS);
        stage.expectNoFault();
    }
}
