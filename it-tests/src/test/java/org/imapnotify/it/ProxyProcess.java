package org.imapnotify.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxy, run from its jar as an operator runs it. Its ports are read from the line that it logs once it listens. */
public final class ProxyProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    static final String POLL_INTERVAL = "--poll-interval";
    private static final Pattern LISTENING =
            Pattern.compile("\\blistening imap=(\\S+) management=127\\.0\\.0\\.1:(\\d+) upstream=\\S+");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Matcher> listening = new CompletableFuture<>();

    private ProxyProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readOutput, "proxy-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** In front of a server in plain text, looking at the mailboxes twice a second unless told otherwise. */
    static ProxyProcess before(LegacyServer upstream, String... arguments) {
        return beforeUrl("imap://" + LegacyServer.HOST + ":" + upstream.port(), arguments);
    }

    static ProxyProcess beforeUrl(String upstream, String... arguments) {
        return start(List.of(), upstream, arguments);
    }

    static ProxyProcess start(List<String> jvmArguments, String upstream, String... arguments) {
        ProxyProcess proxy = launch(jvmArguments, upstream, arguments);
        try {
            proxy.listening.get(START.toSeconds(), TimeUnit.SECONDS);
            return proxy;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            proxy.close();
            throw new IllegalStateException("the proxy does not listen; it said:\n" + proxy.output(), e);
        }
    }

    private static ProxyProcess launch(List<String> jvmArguments, String upstream, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-jar", jar().toString(), "run", "--upstream", upstream));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--management", "127.0.0.1:0"));
        command.addAll(List.of(arguments));
        if (!command.contains(POLL_INTERVAL)) {
            command.addAll(List.of(POLL_INTERVAL, "500ms"));
        }
        try {
            return new ProxyProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code -Dimapnotify.jar=FILE}, else what the build has just made. */
    public static Path jar() {
        Path jar = Path.of(System.getProperty(
                "imapnotify.jar",
                Folders.PROJECT
                        .resolve("proxy-app/target/imap-notify-proxy.jar")
                        .toString()));
        if (Files.notExists(jar)) {
            throw new IllegalStateException("no proxy to test: " + jar + " is missing");
        }
        return jar;
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                output.add(line);
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    listening.complete(matcher);
                }
            }
        } catch (IOException e) {
            output.add("[" + e + "]");
        }
        listening.completeExceptionally(new IllegalStateException("it ended"));
    }

    /** The plain-text listener. */
    int port() {
        return listenerPort(0);
    }

    /** The listener that the test asked for besides: of {@code --listen-tls} or a further {@code --listen}. */
    int secondPort() {
        return listenerPort(1);
    }

    private int listenerPort(int index) {
        String address = listening.join().group(1).split(",", -1)[index];
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    int managementPort() {
        return Integer.parseInt(listening.join().group(2));
    }

    long pid() {
        return process.pid();
    }

    String output() {
        return String.join("\n", output);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    int awaitExit(Duration patience) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("still runs after " + patience + "; it said:\n" + output());
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** By force: what a proper end looks like is LifecycleIT's matter. */
    @Override
    public void close() {
        kill();
    }
}
