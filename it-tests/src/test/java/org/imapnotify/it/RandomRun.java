package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imapnotify.it.NotifyingClient.Habit;

/**
 * Four writers on the server itself and six NOTIFY clients of the proxy. At the end each client's model must be the server's
 * state as far as its registration promises. The seed decides what each writer does, not how they interleave.
 */
final class RandomRun implements AutoCloseable {
    /** Where everything is written down that the clients, and the proxy and its server, say to each other. */
    static final Path LOGS = Folders.TARGET.resolve("random-run");

    private static final int WRITERS = 4;
    private static final Duration CONVERGENCE = Duration.ofSeconds(20);

    private final LegacyServer server;
    private final String user;
    private final long seed;
    private final int operations;
    private final List<NotifyingClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger left;
    private final AtomicInteger refused = new AtomicInteger();

    RandomRun(LegacyServer server, String user, long seed, int operations) {
        this.server = server;
        this.user = user;
        this.seed = seed;
        this.operations = operations;
        this.left = new AtomicInteger(operations);
    }

    /** {@code -Dimapnotify.seed=N}; without it another one each time. */
    static long seed() {
        return Long.getLong("imapnotify.seed", new Random().nextInt(1_000_000));
    }

    /** Mailboxes to begin with, and the clients' registrations. */
    void prepare(int proxyPort) {
        ServerState state;
        try (ImapTestClient writer = ImapTestClient.loggedIn(server.port(), user)) {
            for (String mailbox : RandomWriter.LASTING) {
                if (!mailbox.equals("INBOX")) {
                    writer.ok("CREATE \"" + mailbox + "\"");
                }
                writer.append('"' + mailbox + '"', Messages.withSubject("first"));
            }
            writer.ok("SUBSCRIBE INBOX");
            writer.ok("SUBSCRIBE work");
            state = ServerState.of(writer);
        }
        Random random = new Random(seed);
        client(proxyPort, Promise.evolution(), Habit.IDLES, "INBOX", state, random.nextLong());
        client(proxyPort, Promise.fairEmail(), Habit.IDLES, "INBOX", state, random.nextLong());
        client(proxyPort, Promise.everything(), Habit.WAITS, "", state, random.nextLong());
        client(proxyPort, Promise.subtree(), Habit.SWITCHES, "", state, random.nextLong());
        client(proxyPort, Promise.condstore(), Habit.WAITS, "archive", state, random.nextLong());
        client(proxyPort, Promise.qresync(), Habit.SWITCHES, "lists", state, random.nextLong());
    }

    private void client(int port, Promise promise, Habit habit, String mailbox, ServerState state, long of) {
        clients.add(new NotifyingClient(port, user, promise, habit, mailbox, state, of));
    }

    /** Lets them write, and something else happen meanwhile. */
    void write(Runnable meanwhile) {
        long start = System.nanoTime();
        clients.forEach(client -> start(client, "client"));
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(start(new RandomWriter(server.port(), user, seed * 31 + i, left, refused), "writer" + i));
        }
        meanwhile.run();
        writers.forEach(RandomRun::join);
        System.out.printf(
                "[it] random run: seed %d, %d operations (%d refused) in %.1f s%n",
                seed, operations, refused.get(), (System.nanoTime() - start) / 1e9);
        clients.forEach(NotifyingClient::settle);
    }

    int left() {
        return Math.max(0, left.get());
    }

    /** Waits until this part of the operations is done. */
    void await(double part) {
        int then = (int) (operations * (1 - part));
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> left() <= then);
        System.out.printf("[it] %d operations to come: ", left());
    }

    /** From here on the clients' sessions may end, and they log in again. */
    void clientsMayReturn() {
        clients.forEach(NotifyingClient::mayReturn);
    }

    /** How often each client had to log in again. */
    List<Integer> returns() {
        return clients.stream().map(NotifyingClient::returns).toList();
    }

    private Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, "random-" + name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void judge() {
        try (ImapTestClient reader = ImapTestClient.loggedIn(server.port(), user)) {
            ServerState state = ServerState.of(reader);
            long start = System.nanoTime();
            Awaitility.await()
                    .atMost(CONVERGENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(clients.stream().flatMap(client -> client.faults(state).stream()))
                            .as("faults with -Dimapnotify.seed=" + seed)
                            .isEmpty());
            System.out.printf("[it] all models are right after %.1f s%n", (System.nanoTime() - start) / 1e9);
        } finally {
            clients.forEach(client -> System.out.println(
                    "[it]   " + client.name() + " " + client.model().events()));
        }
    }

    @Override
    public void close() {
        clients.forEach(NotifyingClient::close);
    }
}
