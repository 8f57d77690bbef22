package org.imapnotify.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay between the proxy and its server, whose connections can be cut. */
final class Relay implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> accepted = ConcurrentHashMap.newKeySet();

    Relay(int target) {
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

    /** The connections that stand now. */
    Set<Socket> connections() {
        return Set.copyOf(accepted);
    }

    /** Cuts all connections but these; gives how many. */
    int cutAllBut(Set<Socket> spared) {
        List<Socket> cut = new ArrayList<>(accepted);
        cut.removeAll(spared);
        cut.forEach(this::cut);
        return cut.size();
    }

    private void cut(Socket socket) {
        accepted.remove(socket);
        close(socket);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                accepted.add(near);
                start(() -> copy(near, far, near));
                start(() -> copy(far, near, near));
            } catch (IOException e) {
                continue; // closed, or the server is not there: the proxy sees the same
            }
        }
    }

    private void copy(Socket from, Socket to, Socket near) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) > 0) {
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
        cutAllBut(Set.of());
    }
}
