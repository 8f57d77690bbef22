package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A TCP relay between the proxy and its server that writes down what each says to the other. */
final class Wiretap implements AutoCloseable {
    /** One connection of the proxy. */
    static final class Wire {
        private final ByteArrayOutputStream fromProxy = new ByteArrayOutputStream();
        private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();

        String fromProxy() {
            return fromProxy.toString(ISO_8859_1);
        }

        String fromServer() {
            return fromServer.toString(ISO_8859_1);
        }
    }

    private final int target;
    private final ServerSocket listener;
    private final List<Wire> wires = new CopyOnWriteArrayList<>();

    Wiretap(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections the proxy has made so far. */
    int count() {
        return wires.size();
    }

    /** The first connection that was made after there were {@code count} and that began with these octets. */
    Wire after(int count, String beginning) {
        return wires.subList(count, wires.size()).stream()
                .filter(wire -> wire.fromProxy().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no connection of the proxy began with " + beginning));
    }

    /** Everything that the proxy has said so far, one connection after the other. */
    String fromProxy() {
        return wires.stream().map(Wire::fromProxy).collect(Collectors.joining());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Wire wire = new Wire();
                wires.add(wire);
                start(() -> copy(near, far, wire.fromProxy));
                start(() -> copy(far, near, wire.fromServer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to, ByteArrayOutputStream heard) {
        byte[] buffer = new byte[1 << 14];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) > 0) {
                heard.write(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            return; // by the other side, perhaps through the other direction's end
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wiretap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
