package org.imapnotify.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that reads lines, and has read the greeting. */
final class TinyClient implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private final Socket socket;
    private final BufferedReader lines;

    TinyClient(InetSocketAddress proxy) {
        try {
            socket = new Socket(proxy.getAddress(), proxy.getPort());
            socket.setSoTimeout(PATIENCE);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TinyClient greeted(InetSocketAddress proxy) {
        TinyClient client = new TinyClient(proxy);
        String greeting = client.line();
        if (greeting == null || !greeting.startsWith("* OK")) {
            throw new AssertionError("greeted with " + greeting);
        }
        return client;
    }

    /** Null at the end. */
    @Nullable
    String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is still said, up to the end of the connection, however that comes. */
    String end() {
        StringBuilder all = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.append(line).append('\n');
            }
        } catch (SocketTimeoutException stays) {
            throw new AssertionError("the connection stays", stays);
        } catch (IOException reset) {
            all.append("(reset)");
        }
        return all.toString();
    }

    /** Octets as Latin-1. */
    void say(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to NOOP. */
    @Nullable
    String noop() {
        return ask("n1 NOOP");
    }

    /** The first line that comes behind this one. */
    @Nullable
    String ask(String command) {
        say(command + "\r\n");
        return line();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
