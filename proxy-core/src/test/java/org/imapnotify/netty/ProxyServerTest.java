package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.imapnotify.session.CloseCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole proxy in this process: start, reload and end of it, with sessions that live. */
class ProxyServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TinyUpstream upstream = new TinyUpstream();
    private final List<TinyClient> clients = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        clients.forEach(TinyClient::close);
        upstream.close();
    }

    private ProxyOptions options(ListenerOptions... listeners) {
        return new ProxyOptions(List.of(listeners), upstream.options(), NotifyOptions.DEFAULT, WatchOptions.DEFAULT, 2);
    }

    private static ListenerOptions plain() {
        return new ListenerOptions(ANY, TlsMode.NONE, Optional.empty(), true);
    }

    private static ListenerOptions tls(TlsFiles files) {
        return new ListenerOptions(ANY, TlsMode.IMPLICIT, Optional.of(files), true);
    }

    private void connect(ProxyServer proxy, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(TinyClient.greeted(proxy.imapAddresses().get(0)));
        }
    }

    @Test
    void drainSpreadsTheByesOfFiveHundredClientsAndEndsInTime() throws Exception {
        Map<CloseCause, Integer> closes = new ConcurrentHashMap<>();
        ProxyServer proxy = ProxyServer.start(options(plain()), new Telemetry() {
            @Override
            public void connectionClosed(String listener, CloseCause cause) {
                closes.merge(cause, 1, Integer::sum);
            }
        });
        connect(proxy, 500);
        long begin = System.nanoTime();
        CompletableFuture<Void> stopped = proxy.drain(new DrainOptions(Duration.ZERO, Duration.ofSeconds(2)), GRACE);
        assertThat(proxy.draining()).isTrue();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (TinyClient client : clients) {
            assertThat(client.line()).startsWith("* BYE");
            long now = System.nanoTime() - begin;
            first = Math.min(first, now);
            last = Math.max(last, now);
            assertThat(client.line()).isNull();
        }
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isLessThan(Duration.ofSeconds(2).plus(GRACE));
        assertThat(Duration.ofNanos(last)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(closes).isEqualTo(Map.of(CloseCause.SHUTDOWN, 500));
    }

    @Test
    void newClientsAreTakenUntilTheDelayIsOver() throws Exception {
        ProxyServer proxy = ProxyServer.start(options(plain()), Telemetry.NONE);
        InetSocketAddress address = proxy.imapAddresses().get(0);
        CompletableFuture<Void> stopped =
                proxy.drain(new DrainOptions(Duration.ofSeconds(2), Duration.ofSeconds(1)), GRACE);
        try (TinyClient late = TinyClient.greeted(address)) {
            assertThat(late.noop()).isEqualTo("n1 OK done");
            assertThat(late.line()).startsWith("* BYE");
        }
        stopped.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> new TinyClient(address)).hasMessageContaining("refused");
    }

    @Test
    void stopCutsADrainShort() throws Exception {
        ProxyServer proxy = ProxyServer.start(options(plain()), Telemetry.NONE);
        connect(proxy, 1);
        CompletableFuture<Void> drained =
                proxy.drain(new DrainOptions(Duration.ofMinutes(10), Duration.ofMinutes(10)), GRACE);
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        assertThat(clients.get(0).line()).startsWith("* BYE");
        assertThat(drained).isNotCompleted();
    }

    @Test
    void aNewCertificateIsTakenUnderFiveHundredLiveSessions() throws Exception {
        TlsFiles files = TestCertificate.write(directory, "mail", 5);
        Map<String, Instant> told = new ConcurrentHashMap<>();
        ProxyOptions options = options(plain(), tls(files));
        ProxyServer proxy = ProxyServer.start(options, new Telemetry() {
            @Override
            public void certificate(String listener, Instant notAfter) {
                told.put(listener, notAfter);
            }
        });
        InetSocketAddress secure = proxy.imapAddresses().get(1);
        X509Certificate before = seenBy(secure);
        connect(proxy, 500);

        TestCertificate.write(directory, "mail", 90);
        proxy.reconfigure(options);

        assertThat(seenBy(secure)).isNotEqualTo(before);
        assertThat(told.get("imaps")).isAfter(Instant.now().plus(80, ChronoUnit.DAYS));
        assertThat(proxy.sessions()).isGreaterThanOrEqualTo(500);
        assertThat(clients).allSatisfy(client -> assertThat(client.noop()).isEqualTo("n1 OK done"));

        Files.writeString(files.certificateChainPem(), "no certificate");
        assertThatThrownBy(() -> proxy.reconfigure(options))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("tls-cert");
        assertThat(seenBy(secure).getNotAfter()).isAfter(Instant.now().plus(80, ChronoUnit.DAYS));
        assertThat(clients).allSatisfy(client -> assertThat(client.noop()).isEqualTo("n1 OK done"));
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
    }

    private static X509Certificate seenBy(InetSocketAddress address) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void whatNeedsARestartIsRefusedByName() throws Exception {
        ProxyServer proxy = ProxyServer.start(options(plain()), Telemetry.NONE);
        assertThatThrownBy(() -> proxy.reconfigure(options(plain(), plain())))
                .hasMessageContainingAll("listen", "restart");
        ProxyOptions elsewhere = new ProxyOptions(
                List.of(plain()),
                new UpstreamOptions("127.0.0.2", 143, UpstreamTls.PLAIN, Optional.empty()),
                NotifyOptions.DEFAULT,
                WatchOptions.DEFAULT,
                2);
        assertThatThrownBy(() -> proxy.reconfigure(elsewhere)).hasMessageContainingAll("upstream", "127.0.0.2:143");
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBlockedEventLoopIsNotResponsive() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ProxyServer proxy = ProxyServer.start(options(plain()), new Telemetry() {
            @Override
            public void connectionOpened(String listener) {
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThat(proxy.responsive(GRACE)).isTrue();
        try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
            blocked.await();
            assertThat(proxy.responsive(Duration.ofMillis(100))).isFalse();
            release.countDown();
            assertThat(client.line()).startsWith("* OK");
        }
        assertThat(proxy.responsive(GRACE)).isTrue();
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        assertThat(proxy.responsive(GRACE)).isFalse();
    }

    @Test
    void errorsOfSocketsAreReadable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            ListenerOptions listener = new ListenerOptions(address, TlsMode.NONE, Optional.empty(), true);
            assertThatThrownBy(() -> ProxyServer.start(options(listener), Telemetry.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + address.getPort() + ": Address already in use");
        }
        upstream.close();
        ProxyServer proxy = ProxyServer.start(options(plain()), Telemetry.NONE);
        try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
            assertThat(client.line())
                    .isEqualTo("* BYE [UNAVAILABLE] the mail server cannot be reached: Connection refused");
        }
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void anAddressThatIsDownIsPassedOverAndWhenAllAreClientsAreTold() throws Exception {
        int deadPort;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deadPort = gone.getLocalPort();
        }
        List<Integer> down = new CopyOnWriteArrayList<>();
        List<String> failures = new CopyOnWriteArrayList<>();
        UpstreamOptions both = new UpstreamOptions(
                List.of(new UpstreamAddress("127.0.0.1", deadPort), new UpstreamAddress("127.0.0.1", upstream.port())),
                UpstreamTls.PLAIN,
                Optional.empty(),
                UpstreamExtras.NONE,
                FailoverOptions.DEFAULT);
        ProxyServer proxy = ProxyServer.start(
                new ProxyOptions(List.of(plain()), both, NotifyOptions.DEFAULT, WatchOptions.DEFAULT, 2),
                new Telemetry() {
                    @Override
                    public void upstreamAddressesDown(int delta) {
                        down.add(delta);
                    }

                    @Override
                    public void upstreamConnectFailed(String role) {
                        failures.add(role);
                    }
                });
        connect(proxy, 3);
        assertThat(clients).allSatisfy(client -> assertThat(client.noop()).isEqualTo("n1 OK done"));
        assertThat(down).containsExactly(1);
        assertThat(failures).as("only the first had to find out").containsExactly("session");

        clients.forEach(TinyClient::close);
        upstream.close();
        try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
            assertThat(client.line()).startsWith("* BYE [UNAVAILABLE] the mail server cannot be reached: ");
        }
        assertThat(down).containsExactly(1, 1);
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
    }
}
