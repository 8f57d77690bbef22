package org.imapnotify.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A TCP relay between the proxy and its server, whose connections can be cut. */
final class Relay implements AutoCloseable {
    /** Hears what is said on one connection, before it goes on. */
    interface Ear {
        void heard(boolean fromProxy, byte[] octets, int count);

        /** Both hear. */
        default Ear and(Ear other) {
            return (fromProxy, octets, count) -> {
                heard(fromProxy, octets, count);
                other.heard(fromProxy, octets, count);
            };
        }
    }

    private final int target;
    private final Supplier<Ear> ears;
    private final ServerSocket listener;
    private final Set<Socket> accepted = ConcurrentHashMap.newKeySet();
    private final Map<Socket, Character> beginnings = new ConcurrentHashMap<>();

    Relay(int target) {
        this(target, () -> (fromProxy, octets, count) -> {});
    }

    /** @param ears gives one for each connection */
    Relay(int target, Supplier<Ear> ears) {
        this.target = target;
        this.ears = ears;
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

    /** How many connections stand of those that began with this octet. */
    long count(char first) {
        return beginnings.values().stream().filter(octet -> octet == first).count();
    }

    /** Cuts the connections that began with this octet. */
    void cut(char first) {
        beginnings.forEach((socket, octet) -> {
            if (octet == first) {
                cut(socket);
            }
        });
    }

    private void cut(Socket socket) {
        accepted.remove(socket);
        beginnings.remove(socket);
        close(socket);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.out.println("[it] relay: " + e);
                }
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (ConnectException e) {
            near.close(); // the server is down
            return;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        accepted.add(near);
        Ear ear = ears.get();
        start(() -> copy(near, far, near, ear));
        start(() -> copy(far, near, near, ear));
    }

    private void copy(Socket from, Socket to, Socket near, Ear ear) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            boolean fromProxy = from.equals(near);
            while ((read = in.read(buffer)) > 0) {
                if (fromProxy) {
                    beginnings.putIfAbsent(near, (char) buffer[0]);
                }
                ear.heard(fromProxy, buffer, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            cut(near);
        }
        close(to);
        cut(near);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
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
        Set.copyOf(accepted).forEach(this::cut);
    }
}
