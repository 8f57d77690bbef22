package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers in: who is believed, what is refused, and what comes in the same breath. */
class ProxyHeaderTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final List<String> HERE = List.of("10.0.0.0/8", "127.0.0.0/8");
    private static final List<String> ELSEWHERE = List.of("192.0.2.0/24");

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    /** TCP4 from 192.0.2.9:4711; ALPN "imap", and an extension of nobody's. */
    private static final String V2_WITH_EXTENSIONS =
            "!\u0011\0\u0018\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f\1\0\4imap\u00ea\0\2xy";

    private final TinyUpstream upstream = new TinyUpstream();

    @SuppressWarnings("NullAway.Init") // each test starts one
    private ProxyServer proxy;

    private TinyClient connected(ProxyHeaderUse use, List<String> from) throws IOException {
        proxy = ProxyServer.start(
                new ProxyOptions(
                        List.of(new ListenerOptions(ANY, TlsMode.NONE, Optional.empty(), false)),
                        upstream.options(),
                        List.of(),
                        NotifyOptions.DEFAULT,
                        WatchOptions.DEFAULT,
                        new FrontOptions(false, new ProxyHeaderOptions(use, from), LimitOptions.DEFAULT),
                        1),
                Telemetry.NONE);
        return new TinyClient(proxy.imapAddresses().get(0));
    }

    @AfterEach
    void close() throws Exception {
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        upstream.close();
    }

    private String client() {
        return proxy.status(Duration.ofSeconds(5)).sessions().get(0).client();
    }

    @Test
    void theClientIsWhoTheHeaderSaysAndWhatComesBehindIsHeard() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say("PROXY TCP4 192.0.2.7 192.0.2.1 4711 143\r\nn1 NOOP\r\n");
            assertThat(client.line()).startsWith("* OK [CAPABILITY").contains("LOGINDISABLED");
            assertThat(client.line()).isEqualTo("n1 OK done");
            assertThat(client()).isEqualTo("192.0.2.7:4711");
        }
    }

    @Test
    void versionTwoIsUnderstoodToo() throws IOException {
        byte[] addresses = {(byte) 192, 0, 2, 9, (byte) 192, 0, 2, 1, 0x12, 0x67, 0, (byte) 143};
        String header = SIGNATURE + "!\u0011\0\u000c" + new String(addresses, StandardCharsets.ISO_8859_1);
        try (TinyClient client = connected(ProxyHeaderUse.ALLOWED, HERE)) {
            client.say(header);
            assertThat(client.line()).startsWith("* OK");
            assertThat(client()).isEqualTo("192.0.2.9:4711");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
                SIGNATURE + " \0\0\0", // LOCAL
                SIGNATURE + " \u0011\0\u000c\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f", // LOCAL with addresses
                SIGNATURE + "!\0\0\0", // UNSPEC
                SIGNATURE + "!\0\0\u0005\u00e0\0\2xy", // UNSPEC with an extension
            })
    void aLoadBalancerThatSpeaksForItselfIsTheClient(String header) throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say(header);
            assertThat(client.line()).startsWith("* OK").doesNotContain("LOGINDISABLED");
            assertThat(client()).startsWith("127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 NOOP\r\n\r\n\r\n\r\n", "PROXY TCP4 nobody 192.0.2.1 4711 143\r\n", "PROXY TCP4 "})
    void withoutAHeaderToBelieveTheConnectionEnds(String said) throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say(said); // half a header: nothing more comes, and the time passes
            assertThat(client.line()).isNull();
            assertThat(proxy.sessions()).isZero();
        }
    }

    @Test
    void socketsOfTheSameMachineHaveNoAddress() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say(SIGNATURE + "!1\0\u00d8"
                    + "/run/client".concat("\0".repeat(97)).repeat(2));
            assertThat(client.line()).startsWith("* OK");
            assertThat(client()).startsWith("127.0.0.1:");
        }
    }

    /** RFC 3501 has no such command; who says it again is not believed again. */
    @Test
    void aSecondHeaderIsACommand() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say("PROXY TCP4 192.0.2.7 192.0.2.1 4711 143\r\nPROXY TCP4 203.0.113.9 192.0.2.1 1 143\r\n");
            assertThat(client.line()).startsWith("* OK");
            assertThat(client.line()).isEqualTo("PROXY OK done");
            assertThat(client()).isEqualTo("192.0.2.7:4711");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP6 2001:db8::7 2001:db8::1 4711 143\r\n", SIGNATURE + V2_WITH_EXTENSIONS})
    void anOctetAtATimeItIsTheSame(String header) throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            for (char octet : (header + "n1 NOOP\r\n").toCharArray()) {
                client.say(String.valueOf(octet));
            }
            assertThat(client.line()).startsWith("* OK");
            assertThat(client.line()).isEqualTo("n1 OK done");
            assertThat(client()).endsWith(":4711").doesNotStartWith("127.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE + "!\u0011\0\u000b\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0", // shorter than its addresses
                SIGNATURE + "!\u0011\0\0",
                SIGNATURE + "!!\0\u000c\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f", // IPv4 for IPv6
                SIGNATURE + "!1\0\5/run/", // a path that is no field of 108 octets
                SIGNATURE + "!\u0011\u00ff\u00ff\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f", // 64 KiB of extensions
                SIGNATURE + "!\u0011\0\u0010\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f\u00e0\u00ff\u00ffx",
                SIGNATURE + "!A\0\0", // no such family
                SIGNATURE + "/\u0011\0\u000c\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f", // no such command
                SIGNATURE + "1\u0011\0\u000c\u00c0\0\2\u0009\u00c0\0\2\1\u0012g\0\u008f", // version 3
                "PROXY TCP4 192.0.2.7 192.0.2.1 70000 143\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 4711\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 4711 143 and more than fits into the longest line of version one of the protocol\r\n"
            })
    void aHeaderThatIsWrongEndsTheConnection(String header) throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, HERE)) {
            client.say(header + "n1 NOOP\r\n");
            assertThat(client.end()).doesNotContain("OK");
            assertThat(proxy.sessions()).isZero();
        }
    }

    @Test
    void aHeaderOfAStrangerIsACommand() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.ALLOWED, ELSEWHERE)) {
            client.say("PROXY TCP4 192.0.2.7 192.0.2.1 4711 143\r\n");
            assertThat(client.line()).startsWith("* OK");
            assertThat(client.line()).isEqualTo("PROXY OK done");
            assertThat(client()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void strangersAreTurnedAwayWhereItIsRequired() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.REQUIRED, ELSEWHERE)) {
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void strangersAreServedAndNotBelievedWhereItIsAllowed() throws IOException {
        try (TinyClient client = connected(ProxyHeaderUse.ALLOWED, ELSEWHERE)) {
            assertThat(client.line()).startsWith("* OK");
            assertThat(client()).startsWith("127.0.0.1:");
        }
    }
}
