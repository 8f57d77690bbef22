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
        String header = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c" + new String(addresses, StandardCharsets.ISO_8859_1);
        try (TinyClient client = connected(ProxyHeaderUse.ALLOWED, HERE)) {
            client.say(header);
            assertThat(client.line()).startsWith("* OK");
            assertThat(client()).isEqualTo("192.0.2.9:4711");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n \0\0\0"})
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
