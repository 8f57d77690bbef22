package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.imapnotify.session.CloseCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that connects but does not greet as an IMAP server does is no better than one that cannot be connected to. */
class GreetingFailoverTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private final AtomicReference<CloseCause> cause = new AtomicReference<>();
    private final Telemetry telemetry = new Telemetry() {
        @Override
        public void upstreamAddress(String address, boolean isUp) {
            up.put(address, isUp);
        }

        @Override
        public void connectionClosed(String listener, CloseCause why) {
            cause.set(why);
        }
    };
    private TinyUpstream good;

    @BeforeEach
    void start() {
        good = new TinyUpstream("the good one");
    }

    @AfterEach
    void stop() {
        good.close();
    }

    private ProxyServer proxy(UpstreamAddress... addresses) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        UpstreamOptions upstream = new UpstreamOptions(
                List.of(addresses),
                UpstreamTls.PLAIN,
                Optional.empty(),
                UpstreamExtras.NONE,
                FailoverOptions.DEFAULT,
                Duration.ofSeconds(5),
                PATIENCE);
        return ProxyServer.start(
                new ProxyOptions(
                        List.of(new ListenerOptions(any, TlsMode.NONE, Optional.empty(), true)),
                        upstream,
                        NotifyOptions.DEFAULT,
                        WatchOptions.DEFAULT,
                        1),
                telemetry);
    }

    private static void stop(ProxyServer proxy) throws Exception {
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
    }

    private UpstreamAddress goodAddress() {
        return new UpstreamAddress("127.0.0.1", good.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "* OK half a gree", "SSH-2.0-x\r\n", "* BYE [UNAVAILABLE] full\r\n", "\r\n", "* 1 EXISTS\r\n"
            })
    void theNextAddressIsTried(String said) throws Exception {
        try (FaultyUpstream first = FaultyUpstream.saying(said)) {
            passesOver(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* OK half a gree"})
    void theNextAddressIsTriedWhenOneCloses(String said) throws Exception {
        try (FaultyUpstream first = FaultyUpstream.closingAfter(said)) {
            passesOver(first);
        }
    }

    private void passesOver(FaultyUpstream first) throws Exception {
        ProxyServer proxy = proxy(first.address(), goodAddress());
        try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0));
                TinyClient second = new TinyClient(proxy.imapAddresses().get(0))) {
            assertThat(client.line()).endsWith("the good one");
            assertThat(client.noop()).isEqualTo("n1 OK done");
            assertThat(second.line()).endsWith("the good one");
        }
        try (TinyClient third = new TinyClient(proxy.imapAddresses().get(0))) {
            assertThat(third.line()).endsWith("the good one");
        }
        assertThat(first.connections()).as("known to be down for the third").isLessThanOrEqualTo(2);
        assertThat(up)
                .containsEntry(first.address().toString(), false)
                .containsEntry(goodAddress().toString(), true);
        stop(proxy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | * BYE [UNAVAILABLE] the mail server cannot be reached: no greeting within 0.3s | UPSTREAM_UNREACHABLE",
                "'SSH-2.0-x' | * BYE [UNAVAILABLE] the mail server broke the protocol: no IMAP greeting | UPSTREAM_PROTOCOL_ERROR",
                "'* BYE full' | * BYE full | UPSTREAM_BYE"
            })
    void whatTheLastAddressSaysIsTold(String said, String told, CloseCause expected) throws Exception {
        try (FaultyUpstream silent = FaultyUpstream.saying("");
                FaultyUpstream last =
                        said.isEmpty() ? FaultyUpstream.saying("") : FaultyUpstream.closingAfter(said + "\r\n")) {
            ProxyServer proxy = proxy(silent.address(), last.address());
            try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
                assertThat(client.line()).isEqualTo(told);
                assertThat(client.line()).isNull();
            }
            assertThat(up).containsEntry(last.address().toString(), false);
            stop(proxy);
            assertThat(cause).hasValue(expected);
        }
    }

    @Test
    void oneAddressAloneIsUpOrDownToo() throws Exception {
        try (FaultyUpstream only = FaultyUpstream.closingAfter("")) {
            ProxyServer proxy = proxy(only.address());
            assertThat(up).containsEntry(only.address().toString(), true);
            try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
                assertThat(client.line())
                        .isEqualTo("* BYE [UNAVAILABLE] the mail server cannot be reached:"
                                + " it closed the connection before its greeting");
            }
            assertThat(up).containsEntry(only.address().toString(), false);
            stop(proxy);
        }
    }
}
