package org.imapnotify.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time of the proxy's process for each command, login and MiB, beside the relay's, alternated; medians of five rounds.
 * {@code -Dimapnotify.bench=login} measures only what has that in its name, {@code -Dimapnotify.bench.jvm="..."} gives the proxy's
 * process more arguments.
 */
public final class Bench {
    private static final int ROUNDS = 5;
    private static final String ONLY = System.getProperty("imapnotify.bench", "");
    private static final String MORE_ARGUMENTS = System.getProperty("imapnotify.bench.jvm", "");
    private static final double NANOS_PER_TICK = 1e9 / 100; // USER_HZ
    private static final Pattern PORT = Pattern.compile("imap=127\\.0\\.0\\.1:(\\d+)");

    /** What one run does with its clients; gives how many operations that were. */
    private interface Work {
        long run(int port) throws Exception;
    }

    record Peer(String name, Process process, int port) {}

    private Bench() {}

    /** @param arguments the proxy's jar */
    public static void main(String[] arguments) throws Exception {
        try (StubUpstream stub = new StubUpstream()) {
            List<Peer> peers = List.of(
                    start(
                            "relay",
                            List.of(
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Relay.class.getName(),
                                    "" + stub.port())),
                    start("proxy", proxy(arguments[0], stub.port())));
            try {
                measure(peers);
            } finally {
                peers.forEach(peer -> peer.process().destroy());
            }
        }
        System.exit(0);
    }

    static List<String> proxy(String jar, int upstream) {
        List<String> arguments = new ArrayList<>(List.of(MORE_ARGUMENTS.split(" ", -1)));
        arguments.remove("");
        arguments.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Dio.netty.allocator.type=pooled",
                "-jar",
                jar,
                "run",
                "--upstream",
                "imap://127.0.0.1:" + upstream,
                "--listen",
                "127.0.0.1:0",
                "--management",
                "off"));
        return arguments;
    }

    static Peer start(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                drain(out);
                return new Peer(name, process, Integer.parseInt(port.group(1)));
            }
        }
        throw new IOException(name + " did not start");
    }

    /** A log that nobody reads would stop the process. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(() -> out.lines().forEach(line -> {}), "log");
        reader.setDaemon(true);
        reader.start();
    }

    private static void measure(List<Peer> peers) throws Exception {
        Work oneAtATime = port -> noops(port, 50, 1, 2_000, "");
        report(peers, "us per NOOP, 50 connections, one at a time", 1e3, 4, oneAtATime);
        report(peers, "us per NOOP, 50 connections, 16 in flight", 1e3, 4, port -> noops(port, 50, 16, 1_000, ""));
        report(peers, "us per NOOP, one connection", 1e3, 1, port -> noops(port, 1, 1, 20_000, ""));
        report(peers, "us per login cycle", 1e3, 20, port -> logins(port, 1_000));
        report(peers, "ms per MiB, FETCH of 10 MiB", 1e6, 4, port -> bulk(port, true));
        report(peers, "ms per MiB, APPEND of 10 MiB", 1e6, 4, port -> bulk(port, false));
        String set = "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew MessageExpunge))";
        report(
                peers.subList(1, 2),
                "us per NOOP, 50 connections, NOTIFY in force",
                1e3,
                4,
                port -> noops(port, 50, 1, 2_000, set));
    }

    /** @param warmUp how often the work is done before it is measured, until it is compiled: logins are the longest path */
    private static void report(List<Peer> peers, String what, double unit, int warmUp, Work work) throws Exception {
        if (!what.contains(ONLY)) {
            return;
        }
        for (Peer peer : peers) {
            for (int i = 0; i < warmUp; i++) {
                work.run(peer.port());
            }
        }
        double[][] costs = new double[peers.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                long before = ticks(peers.get(peer).process());
                long operations = work.run(peers.get(peer).port());
                costs[peer][round] = (ticks(peers.get(peer).process()) - before) * NANOS_PER_TICK / operations / unit;
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

    /** User and system time of the process, in clock ticks (proc(5), fields 14 and 15). */
    private static long ticks(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
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
