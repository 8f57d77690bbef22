package org.imapnotify.it.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * CPU time of the proxy's process for each command, login and MiB, beside the relay's, alternated; medians of five rounds.
 * {@code -Dimapnotify.bench=login} measures only what has that in its name.
 */
public final class Bench {
    private static final int ROUNDS = 5;
    private static final String ONLY = System.getProperty("imapnotify.bench", "");

    /** What one run does with its clients; gives how many operations that were. */
    private interface Work {
        long run(int port) throws Exception;
    }

    private Bench() {}

    /** @param arguments the proxy's jar */
    public static void main(String[] arguments) throws Exception {
        try (StubUpstream stub = new StubUpstream()) {
            List<Peer> peers = List.of(
                    Peer.start(
                            "relay",
                            List.of(
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Relay.class.getName(),
                                    "" + stub.port())),
                    Peer.proxy(arguments[0], stub.port()));
            try {
                measure(peers);
            } finally {
                peers.forEach(Peer::close);
            }
        }
        System.exit(0);
    }

    private static void measure(List<Peer> peers) throws Exception {
        Work oneAtATime = port -> noops(port, 50, 1, 2_000, "");
        Work inFlight = port -> noops(port, 50, 16, 1_000, "");
        Work single = port -> noops(port, 1, 1, 20_000, "");
        for (Peer peer : peers) { // warm
            for (int i = 0; i < 4; i++) {
                oneAtATime.run(peer.port());
                inFlight.run(peer.port());
                logins(peer.port(), 5_000); // the longest path through the code, so the last to be compiled
                bulk(peer.port(), true);
                bulk(peer.port(), false);
            }
        }
        report(peers, "us per NOOP, 50 connections, one at a time", 1e3, oneAtATime);
        report(peers, "us per NOOP, 50 connections, 16 in flight", 1e3, inFlight);
        report(peers, "us per NOOP, one connection", 1e3, single);
        report(peers, "us per login cycle", 1e3, port -> logins(port, 1_000));
        report(peers, "ms per MiB, FETCH of 10 MiB", 1e6, port -> bulk(port, true));
        report(peers, "ms per MiB, APPEND of 10 MiB", 1e6, port -> bulk(port, false));
        String set = "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew MessageExpunge))";
        report(
                peers.subList(1, 2),
                "us per NOOP, 50 connections, NOTIFY in force",
                1e3,
                port -> noops(port, 50, 1, 2_000, set));
    }

    private static void report(List<Peer> peers, String what, double unit, Work work) throws Exception {
        if (!what.contains(ONLY)) {
            return;
        }
        double[][] costs = new double[peers.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                double before = peers.get(peer).cpuSeconds();
                long operations = work.run(peers.get(peer).port());
                costs[peer][round] = (peers.get(peer).cpuSeconds() - before) * 1e9 / operations / unit;
            }
        }
        StringBuilder line = new StringBuilder(String.format("%-48s", what));
        for (int peer = 0; peer < peers.size(); peer++) {
            Arrays.sort(costs[peer]);
            line.append(String.format("  %s %8.2f", peers.get(peer).name(), costs[peer][ROUNDS / 2]));
        }
        if (peers.size() == 2) {
            line.append(String.format("  ratio %.2f", costs[1][ROUNDS / 2] / costs[0][ROUNDS / 2]));
        }
        System.out.println(line);
    }

    private static long noops(int port, int connections, int inFlight, int times, String before) throws Exception {
        return together(connections, number -> {
            try (Client client = new Client(port, "user1")) {
                if (!before.isEmpty()) {
                    client.command(before);
                }
                for (int i = 0; i < times; i++) {
                    client.noops(inFlight);
                }
                return (long) times * inFlight;
            }
        });
    }

    private static long logins(int port, int times) throws Exception {
        return together(4, number -> {
            for (int i = 0; i < times / 4; i++) {
                new Client(port, "user" + number).close();
            }
            return (long) times / 4;
        });
    }

    private static long bulk(int port, boolean fetch) throws Exception {
        byte[] literal = new byte[StubUpstream.LITERAL];
        Arrays.fill(literal, (byte) 'y');
        try (Client client = new Client(port, "user1")) {
            for (int i = 0; i < 20; i++) {
                if (fetch) {
                    client.fetch();
                } else {
                    client.append(literal);
                }
            }
        }
        return 20L * StubUpstream.LITERAL / (1024 * 1024);
    }

    private interface Part {
        long run(int number) throws Exception;
    }

    private static long together(int clients, Part part) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Long>> parts = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                parts.add(() -> part.run(number));
            }
            long operations = 0;
            for (Future<Long> done : threads.invokeAll(parts)) {
                operations += done.get();
            }
            return operations;
        } finally {
            threads.shutdown();
        }
    }
}
