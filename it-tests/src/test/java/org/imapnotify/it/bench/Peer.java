package org.imapnotify.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that is measured, and what the system knows of it. {@code -Dimapnotify.bench.jvm="..."} gives the proxy's more
 * arguments.
 */
record Peer(String name, Process process, int port) implements AutoCloseable {
    private static final String MORE_ARGUMENTS = System.getProperty("imapnotify.bench.jvm", "");
    private static final double TICKS_PER_SECOND = 100; // USER_HZ
    private static final Pattern PORT = Pattern.compile("imap=127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern PSS = Pattern.compile("(?m)^Pss: +(\\d+) kB");

    /** The proxy as its launcher starts it, without a class-data archive and without a management port. */
    static Peer proxy(String jar, int upstream, String... flags) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-XX:+UseSerialGC", "-Xms24m", "-XX:MaxNewSize=32m", "-Dio.netty.allocator.type=pooled"));
        arguments.addAll(List.of(MORE_ARGUMENTS.split(" ", -1)));
        arguments.remove("");
        arguments.addAll(List.of("-jar", jar, "run", "--upstream", "imap://127.0.0.1:" + upstream));
        arguments.addAll(List.of("--listen", "127.0.0.1:0", "--management", "off"));
        arguments.addAll(List.of(flags));
        return start("proxy", arguments);
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

    /** User and system time, in seconds (proc(5), stat, fields 14 and 15). */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory, what is shared with other processes counted in part. */
    long pssKib() throws IOException {
        Matcher pss = PSS.matcher(Files.readString(proc("smaps_rollup")));
        if (!pss.find()) {
            throw new IOException("no Pss");
        }
        return Long.parseLong(pss.group(1));
    }

    private Path proc(String file) {
        return Path.of("/proc/" + process.pid() + "/" + file);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
