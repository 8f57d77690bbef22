package org.imapnotify.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Tells when a server has come up: when it greets, not when its port is bound. */
final class Greeting {
    private static final int ASK_TIMEOUT_MILLIS = 1000;

    private Greeting() {}

    /** False when the server ended or did not greet in time. */
    static boolean awaited(int port, Duration patience, BooleanSupplier alive) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !alive.getAsBoolean() || greets(port));
        } catch (ConditionTimeoutException e) {
            return false;
        }
        return alive.getAsBoolean();
    }

    private static boolean greets(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ASK_TIMEOUT_MILLIS);
            socket.setSoTimeout(ASK_TIMEOUT_MILLIS);
            byte[] start = socket.getInputStream().readNBytes(4);
            return new String(start, StandardCharsets.US_ASCII).equals("* OK");
        } catch (IOException e) {
            return false;
        }
    }
}
