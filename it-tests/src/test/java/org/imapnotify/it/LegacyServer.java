package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real IMAP server on loopback with the users user1 to user9, password "pass". It runs in a container where a Docker
 * engine answers and as a local process otherwise; the choice and its reason are printed.
 */
interface LegacyServer extends AutoCloseable {
    String HOST = "127.0.0.1";
    String PASSWORD = "pass";

    int port();

    /** Port of implicit TLS; 0 unless the server was started with a certificate. */
    int tlsPort();

    @Override
    void close();

    /** The server of this kind that all test classes of this JVM share: use a user of your own. */
    static LegacyServer shared(Variant variant) {
        return Shared.SERVERS.computeIfAbsent(variant, v -> start(v, null));
    }

    /** A server of one's own, whose users nobody else has been. */
    static LegacyServer startForOne(Variant variant) {
        return start(variant, null);
    }

    static LegacyServer startWithTls(Variant variant, Certificate certificate) {
        return start(variant, certificate);
    }

    private static LegacyServer start(Variant variant, @Nullable Certificate certificate) {
        Optional<String> obstacle = Engine.obstacle();
        if (obstacle.isEmpty()) {
            try {
                LegacyServer server = ContainerServer.start(variant, certificate);
                say(variant, "a container, a Docker engine answers", server);
                return server;
            } catch (RuntimeException e) {
                obstacle = Optional.of("the container failed: " + e);
            }
        }
        return startLocally(variant, certificate, obstacle.orElseThrow());
    }

    private static LegacyServer startLocally(Variant variant, @Nullable Certificate certificate, String why) {
        try {
            LegacyServer server = LocalServer.start(variant, certificate);
            say(variant, "a local process, " + why, server);
            return server;
        } catch (IllegalStateException e) {
            String reason = variant + " cannot run here (no container: " + why + "): " + e.getMessage();
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason, e);
            }
            return Assumptions.abort(reason);
        }
    }

    private static void say(Variant variant, String how, LegacyServer server) {
        System.out.println("[it] " + variant + " on " + HOST + ":" + server.port() + " as " + how);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Servers live until the JVM ends. */
    final class Shared {
        private static final Map<Variant, LegacyServer> SERVERS = new ConcurrentHashMap<>();

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> SERVERS.values().forEach(LegacyServer::close)));
        }

        private Shared() {}
    }
}
