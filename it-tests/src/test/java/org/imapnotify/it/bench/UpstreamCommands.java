package org.imapnotify.it.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the server is asked in a poll interval, by accounts of different shapes: sessions, accounts, mailboxes, activity. All
 * are watched by one proxy at the same time. Mailboxes were quiet for 25 intervals before, where they are quiet.
 */
final class UpstreamCommands {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int SETTLE = 25;
    private static final int MEASURED = 40;

    /**
     * @param changes in one mailbox, in an interval
     * @param changed which one; INBOX has the IDLE slot
     */
    private record Shape(String name, int accounts, int sessions, int mailboxes, double changes, String changed) {
        static Shape of(int accounts, int sessions, int mailboxes) {
            return new Shape("a" + accounts + "s" + sessions + "m" + mailboxes, accounts, sessions, mailboxes, 0, "");
        }

        static Shape busy(double changes, String changed) {
            return new Shape("busy" + changes + changed, 1, 5, 20, changes, changed);
        }

        List<String> users() {
            return LoadStage.users(name + "-", accounts);
        }

        String title() {
            String activity = changes == 0 ? "quiet" : changes + " messages in " + changed;
            return String.format(
                    "%3d accounts, %3d sessions each, %4d mailboxes, %s", accounts, sessions, mailboxes, activity);
        }
    }

    private static final List<Shape> SHAPES = List.of(
            Shape.of(1, 1, 20),
            Shape.of(1, 5, 20),
            Shape.of(1, 20, 20),
            Shape.of(1, 100, 20),
            Shape.of(10, 1, 20),
            Shape.of(100, 1, 20),
            Shape.of(1, 1, 1),
            Shape.of(1, 1, 100),
            Shape.of(1, 1, 1000),
            Shape.busy(0.1, "m1"),
            Shape.busy(1, "m1"),
            Shape.busy(10, "m1"),
            Shape.busy(1, "INBOX"),
            Shape.busy(10, "INBOX"));

    private final LoadStage stage;

    private UpstreamCommands(LoadStage stage) {
        this.stage = stage;
    }

    static void run(String jar, String... flags) throws Exception {
        for (String capabilities : List.of(LoadServer.LIST_STATUS, LoadServer.PLAIN)) {
            System.out.println(capabilities.equals(LoadServer.PLAIN) ? "without LIST-STATUS" : "with LIST-STATUS");
            List<String> all = new ArrayList<>(List.of("--poll-interval", INTERVAL.toMillis() + "ms"));
            Collections.addAll(all, flags);
            try (LoadStage stage =
                    new LoadStage(jar, capabilities, UpstreamCommands::mailboxes, all.toArray(String[]::new))) {
                new UpstreamCommands(stage).measure();
            }
        }
    }

    private static int mailboxes(String user) {
        return SHAPES.stream()
                .filter(shape -> user.startsWith(shape.name() + "-"))
                .findFirst()
                .orElseThrow()
                .mailboxes();
    }

    private void measure() throws Exception {
        ScheduledExecutorService deliveries = new ScheduledThreadPoolExecutor(1);
        for (Shape shape : SHAPES) {
            List<String> sessions = new ArrayList<>();
            shape.users().forEach(user -> sessions.addAll(Collections.nCopies(shape.sessions(), user)));
            stage.openAll(sessions, news -> {}, LoadStage.PERSONAL);
            if (shape.changes() > 0) {
                LoadAccount account = stage.server().account(shape.users().get(0));
                long every = (long) (INTERVAL.toNanos() / shape.changes());
                deliveries.scheduleAtFixedRate(
                        () -> account.deliver(shape.changed()), every, every, TimeUnit.NANOSECONDS);
            }
        }
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis() * SETTLE);
        List<CommandCounts> before = counts();
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis() * MEASURED);
        List<CommandCounts> after = counts();
        deliveries.shutdownNow();
        for (int i = 0; i < SHAPES.size(); i++) {
            print(SHAPES.get(i), after.get(i).minus(before.get(i)));
        }
        stage.expectNoFault();
    }

    private List<CommandCounts> counts() {
        return SHAPES.stream()
                .map(shape -> shape.users().stream()
                        .map(user -> stage.server().account(user).watching())
                        .reduce(CommandCounts.none(), CommandCounts::plus))
                .toList();
    }

    private void print(Shape shape, CommandCounts asked) {
        int connections = shape.users().stream()
                .mapToInt(user -> stage.server().account(user).watchConnections())
                .sum();
        double lists = (double) asked.of("LIST") / MEASURED;
        double statuses = (double) asked.of("STATUS") / MEASURED;
        System.out.printf(
                "%-75s LIST %7.2f  STATUS %8.2f in an interval: %7.1f a minute at 30 s; watch connections %d%n",
                shape.title(), lists, statuses, 2 * (lists + statuses), connections);
    }
}
