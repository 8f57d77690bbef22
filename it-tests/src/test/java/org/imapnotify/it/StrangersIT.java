package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thousand clients that have not logged in, each of which says whatever makes the proxy keep most and reads nothing: a proxy with
 * little memory goes on serving others.
 */
class StrangersIT {
    private static final int CROWD = 1000;

    /** What a stranger says. */
    enum Saying {
        A_LINE_WITHOUT_END("a NOOP " + "x".repeat(65_000)),
        NESTED_PARENTHESES("a NOOP " + "(".repeat(65_000)),
        MANY_LITERALS("a X" + " {1000+}\r\n".concat("y".repeat(1000)).repeat(500)),
        AN_ENDLESS_PASSWORD("a LOGIN ann {65536+}\r\n" + "y".repeat(65_000)),
        WHAT_FOLLOWS_A_LOGIN("a LOGIN ann secret\r\n" + "b NOOP\r\n".repeat(200_000)),
        WHAT_FOLLOWS_SASL("a AUTHENTICATE PLAIN\r\n" + "b NOOP\r\n".repeat(200_000)),
        LONG_TAGS(("t".repeat(1000) + " NOOP\r\n").repeat(2000)),
        LONG_TAGS_UNANSWERED(("t".repeat(1000) + " CHECK\r\n").repeat(2000)),
        KEPT_ARGUMENTS(("a CREATE " + "m".repeat(8000) + "\r\n").repeat(500)),
        A_NOTIFY_OF_LITERALS(
                "a NOTIFY SET" + " {60000+}\r\n".concat("y".repeat(60_000)).repeat(8)),
        ANSWERS_UNREAD("a CAPABILITY\r\n".repeat(20_000)),
        HALF_A_HANDSHAKE("\u0016\u0003\u0001\u003f\u00ff\u0001\0\u003f\u00fb" + "\0".repeat(16_000)),
        HALF_A_HANDSHAKE_OF_MANY_RECORDS("\u0016\u0003\u0001\0\u0005\u0001\0\u00ff\u00fb\0"
                .concat("\u0016\u0003\u0001\0\u0001\0".repeat(10_000)));

        private final String octets;

        Saying(String octets) {
            this.octets = octets;
        }

        private boolean isTls() {
            return name().startsWith("HALF");
        }
    }

    @TempDir
    private static Path folder;

    private IndifferentUpstream upstream;
    private ProxyProcess proxy;

    @BeforeEach
    void start() {
        Certificate certificate = Certificate.of(folder, "DNS:localhost");
        upstream = new IndifferentUpstream();
        proxy = ProxyProcess.start(
                List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"),
                "imap://127.0.0.1:" + upstream.port(),
                "--listen-tls=127.0.0.1:0",
                "--tls-cert=" + certificate.chain(),
                "--tls-key=" + certificate.key());
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void othersAreServed(Saying saying) throws IOException {
        int port = saying.isTls() ? proxy.secondPort() : proxy.port();
        try (Crowd crowd = new Crowd(port, CROWD, saying.octets)) {
            Awaitility.await().atMost(ImapTestClient.PATIENCE.multipliedBy(4)).until(() -> {
                long said = crowd.speak();
                assertServed();
                return said + crowd.speak() == 0;
            });
            System.out.println("[it] " + CROWD + " strangers, " + saying + ": " + memory());
            assertThat(proxy.output()).doesNotContain("internal error", "OutOfMemory", "OutOfDirectMemory");
        }
    }

    /** By both event loops. */
    private void assertServed() {
        for (int i = 0; i < 4; i++) {
            try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
                client.ok("LOGIN good secret");
                client.ok("NOOP");
            }
        }
    }

    private String memory() throws IOException {
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
                    direct = Math.max(direct, value(line));
                }
            }
        }
        return "heap " + (heap >> 20) + " MiB of 64, direct " + (direct >> 20) + " MiB of 64";
    }

    private static long value(String line) {
        return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
