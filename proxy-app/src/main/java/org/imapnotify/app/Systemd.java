package org.imapnotify.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.imapnotify.netty.SystemdNotify;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What systemd is told when it started us, else nothing. */
final class Systemd {
    private static final Logger LOGGER = LoggerFactory.getLogger(Systemd.class);

    private final @Nullable SystemdNotify socket;

    private Systemd(@Nullable SystemdNotify socket) {
        this.socket = socket;
    }

    /** A socket that cannot be reached must not keep the proxy from serving. */
    static Systemd of(Map<String, String> environment, BooleanSupplier well) {
        String name = environment.get("NOTIFY_SOCKET");
        if (name == null || name.isEmpty()) {
            return new Systemd(null);
        }
        try {
            SystemdNotify socket = SystemdNotify.connect(name);
            String watchdog = environment.get("WATCHDOG_USEC");
            if (watchdog != null && watchdog.matches("[1-9][0-9]{0,14}")) {
                socket.watchdog(Duration.ofMillis(Long.parseLong(watchdog) / 1000), well);
            }
            return new Systemd(socket);
        } catch (IOException e) {
            LOGGER.atWarn().log("systemd is not told: {}", e.getMessage());
            return new Systemd(null);
        }
    }

    void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** systemd wants the time by CLOCK_MONOTONIC, which is what nanoTime reads on Linux. */
    void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    void stopping() {
        send("STOPPING=1\nSTATUS=draining");
    }

    private void send(String state) {
        if (socket != null) {
            socket.send(state);
        }
    }
}
