package org.imapnotify.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One IMAP connection of the demo, line by line; every wait ends with a line or with {@link DemoFailure}. */
final class Conversation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final String who;
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private int tag;

    Conversation(String who, InetSocketAddress server) throws IOException {
        this.who = who;
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
    }

    /** Sends a command and hands on every line up to and with its completion, which must be OK. */
    void command(String command, Consumer<String> sent, Consumer<String> received) throws IOException {
        String name = "a" + ++tag;
        sent.accept(name + " " + command);
        out.write((name + " " + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        String last = await("the completion of " + command, line -> line.startsWith(name + " "), received);
        if (!last.startsWith(name + " OK")) {
            throw new DemoFailure(who + ": " + command + " was answered with " + last);
        }
    }

    /** Hands on every line up to and with the first that is wanted. */
    String await(String what, Predicate<String> wanted, Consumer<String> received) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = line(what, end - System.nanoTime());
            received.accept(line);
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    private String line(String what, long nanosLeft) throws IOException {
        try {
            socket.setSoTimeout((int) Math.max(1, Duration.ofNanos(nanosLeft).toMillis()));
            String line = in.readLine();
            if (line == null) {
                throw new DemoFailure(who + ": the connection was closed before " + what);
            }
            return line;
        } catch (SocketTimeoutException e) {
            throw new DemoFailure(who + ": " + what + " did not come within " + PATIENCE.toSeconds() + " s");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
