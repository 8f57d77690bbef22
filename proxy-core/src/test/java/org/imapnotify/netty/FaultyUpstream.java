package org.imapnotify.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts, says these octets and nothing else; it keeps or closes its connections. */
final class FaultyUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final String octets;
    private final boolean closes;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    private FaultyUpstream(String octets, boolean closes) {
        this.octets = octets;
        this.closes = closes;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "faulty upstream");
        thread.setDaemon(true);
        thread.start();
    }

    static FaultyUpstream saying(String octets) {
        return new FaultyUpstream(octets, false);
    }

    static FaultyUpstream closingAfter(String octets) {
        return new FaultyUpstream(octets, true);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.add(socket);
                socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
                if (closes) {
                    socket.close();
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    int connections() {
        return accepted.size();
    }

    UpstreamAddress address() {
        return new UpstreamAddress("127.0.0.1", listener.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
