package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients by the thousand that have not logged in, each of which says whatever makes the proxy keep most and reads nothing: a proxy with
 * little memory goes on serving others.
 */
class StrangersIT {
    /** What a stranger says, and how many of them do. */
    enum Saying {
        NESTED_PARENTHESES(1000, "a NOOP " + "(".repeat(65_000)),
        MANY_LITERALS(1000, "a X" + " {1000+}\r\n".concat("y".repeat(1000)).repeat(500)),
        AN_ENDLESS_PASSWORD(1000, "a LOGIN ann {65536+}\r\n" + "y".repeat(65_000)),
        WHAT_FOLLOWS_SASL(1000, "a AUTHENTICATE PLAIN\r\n" + "b NOOP\r\n".repeat(50_000)),
        LONG_TAGS(1000, ("t".repeat(1000) + " CHECK\r\n").repeat(1000)),
        KEPT_ARGUMENTS(1000, ("a CREATE " + "m".repeat(8000) + "\r\n").repeat(100)),
        A_NOTIFY_OF_LITERALS(
                1000,
                "a NOTIFY SET" + " {60000+}\r\n".concat("y".repeat(60_000)).repeat(8)),
        /** Fewer: on a loopback interface the kernel holds a megabyte for each. */
        ANSWERS_UNREAD(50, "a CAPABILITY\r\n".repeat(20_000)),
        HALF_A_HANDSHAKE(1000, "\u0016\u0003\u0001?\u00ff\u0001\0?\u00fb" + "\0".repeat(16_000));

        private final int crowd;
        private final String octets;

        Saying(int crowd, String octets) {
            this.crowd = crowd;
            this.octets = octets;
        }

        private boolean isTls() {
            return this == HALF_A_HANDSHAKE;
        }
    }

    @TempDir
    private static Path folder;

    private static IndifferentUpstream upstream;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        Certificate certificate = Certificate.of(folder, "DNS:localhost");
        upstream = new IndifferentUpstream();
        proxy = ProxyProcess.start(
                List.of("-Xmx64m", "-XX:MaxDirectMemorySize=96m", "-XX:+ExitOnOutOfMemoryError"),
                "imap://127.0.0.1:" + upstream.port(),
                "--listen-tls=127.0.0.1:0",
                "--tls-cert=" + certificate.chain(),
                "--tls-key=" + certificate.key());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void othersAreServed(Saying saying) throws IOException {
        int port = saying.isTls() ? proxy.secondPort() : proxy.port();
        try (Crowd crowd = new Crowd(port, saying.crowd, saying.octets)) {
            Awaitility.await().atMost(ImapTestClient.PATIENCE.multipliedBy(4)).until(() -> {
                long said = crowd.speak();
                assertServed();
                return said + crowd.speak() == 0;
            });
            System.out.println("[it] " + saying.crowd + " strangers, " + saying + ": " + memory());
            assertThat(proxy.output()).doesNotContain("internal error", "OutOfMemory", "OutOfDirectMemory");
        }
    }

    /** By both event loops. */
    private static void assertServed() {
        for (int i = 0; i < 4; i++) {
            try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
                client.ok("LOGIN good secret");
                client.ok("NOOP");
            }
        }
    }

    private static String memory() throws IOException {
        URI metrics = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/metrics");
        long heap = 0;
        long direct = 0;
        try (InputStream in = metrics.toURL().openStream()) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("jvm_memory_used_bytes{area=\"heap\"")) {
                    heap += value(line);
                } else if (line.startsWith("netty_allocator_memory_used{") && line.contains("direct")) {
                    direct += value(line);
                }
            }
        }
        return "heap " + (heap >> 20) + " MiB of 64, direct " + (direct >> 20) + " MiB of 96";
    }

    private static long value(String line) {
        return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
