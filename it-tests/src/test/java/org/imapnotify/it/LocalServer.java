package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server run by its script as a child process, which is the server itself: it is stopped by its pid. */
final class LocalServer implements LegacyServer {
    /** The scripts may have packages to install first. */
    private static final Duration START = Duration.ofMinutes(5);

    private final String server;
    private final ProcessBuilder builder;
    private Process process;
    private final Path folder;
    private final int port;
    private final int tlsPort;

    private LocalServer(String server, ProcessBuilder builder, Path folder, int port, int tlsPort) throws IOException {
        this.server = server;
        this.builder = builder;
        this.process = builder.start();
        this.folder = folder;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    static LocalServer start(Variant variant, @Nullable Certificate certificate) {
        return start(variant, certificate, Map.of());
    }

    /** With settings of its own: the script of the server says which. */
    static LocalServer start(Variant variant, Map<String, String> settings) {
        return start(variant, null, settings);
    }

    private static LocalServer start(Variant variant, @Nullable Certificate certificate, Map<String, String> settings) {
        Path folder = Folders.temporary("inp");
        int port = LegacyServer.freePort();
        int tlsPort = certificate == null ? 0 : LegacyServer.freePort();
        Path log = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(variant.command(folder.toString(), port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GREENMAIL_JAR", Folders.GREENMAIL_JAR.toString());
        environment.put(
                "PACKAGES",
                Folders.TARGET
                        .resolve("servers/" + variant.server() + "-packages")
                        .toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(settings);
        if (certificate != null) {
            environment.put("TLS_CERT", certificate.chain().toString());
            environment.put("TLS_KEY", certificate.key().toString());
            environment.put("TLS_PORT", Integer.toString(tlsPort));
        }
        try {
            LocalServer server = new LocalServer(variant.server(), builder, folder, port, tlsPort);
            server.awaitGreeting(log);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitGreeting(Path log) throws IOException {
        if (!Greeting.awaited(port, START, process::isAlive)) {
            String said = Files.readString(log).strip();
            close();
            throw new IllegalStateException("no greeting; its last words: " + said);
        }
    }

    /** SIGKILL for the server and all its processes, as when the machine fails; its files stay as they are. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** Again, on the same files and port, but without the locks of the dead: Dovecot waits two minutes for each. */
    void restart() {
        try {
            removeLocks();
            process = builder.start();
            awaitGreeting(folder.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeLocks() throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.walk(folder)) {
            locks = files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
        for (Path lock : locks) {
            Files.delete(lock);
        }
    }

    /** The mechanisms that this user has logged in with, in order, by Dovecot's log. */
    List<String> logins(String user) {
        return Pattern.compile("Login: user=<" + user + ">, method=([^,]+),")
                .matcher(log())
                .results()
                .map(login -> login.group(1))
                .toList();
    }

    /** What the server has written to its log, for those that keep one beside their data. */
    String log() {
        try {
            return Files.readString(folder.resolve(server + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
