package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.imapnotify.session.CloseCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of a whole proxy in this process. */
class LimitedProxyTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String FULL = "* BYE [UNAVAILABLE] too many connections, try again later";
    private static final String TOO_MANY = "* BYE [LIMIT] too many connections from your address";

    private final TinyUpstream upstream = new TinyUpstream();
    private final List<TinyClient> clients = new ArrayList<>();
    private final Map<String, Integer> rejected = new ConcurrentHashMap<>();
    private final Map<CloseCause, Integer> closes = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // each test starts one
    private ProxyServer proxy;

    private static LimitOptions limits(int connections, int perAddress, int beforeLogin) {
        return new LimitOptions(connections, perAddress, beforeLogin, 32, 64, List.of(), Duration.ZERO);
    }

    private ProxyOptions options(LimitOptions limits, ProxyHeaderOptions header) {
        return new ProxyOptions(
                List.of(new ListenerOptions(ANY, TlsMode.NONE, Optional.empty(), true)),
                upstream.options(),
                List.of(),
                NotifyOptions.DEFAULT,
                WatchOptions.DEFAULT,
                new FrontOptions(false, header, limits),
                1);
    }

    private void start(ProxyOptions options) throws IOException {
        proxy = ProxyServer.start(options, new Telemetry() {
            @Override
            public void connectionRejected(String reason) {
                rejected.merge(reason, 1, Integer::sum);
            }

            @Override
            public void connectionClosed(String listener, CloseCause cause) {
                closes.merge(cause, 1, Integer::sum);
            }
        });
    }

    private TinyClient client() {
        TinyClient client = new TinyClient(proxy.imapAddresses().get(0));
        clients.add(client);
        return client;
    }

    /** A client of a load balancer. */
    private TinyClient client(String address) {
        TinyClient client = client();
        client.say("PROXY TCP4 " + address + " 192.0.2.1 4711 143\r\n");
        return client;
    }

    private static void assertGreeted(TinyClient client) {
        assertThat(client.line()).startsWith("* OK");
    }

    private static void assertTurnedAway(TinyClient client, String bye) {
        assertThat(client.line()).isEqualTo(bye);
        assertThat(client.line()).isNull();
    }

    @AfterEach
    void close() throws Exception {
        clients.forEach(TinyClient::close);
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        upstream.close();
    }

    @Test
    void oneMoreThanAllGetsByeAndIsCounted() throws Exception {
        start(options(limits(2, 0, 0), ProxyHeaderOptions.OFF));
        assertGreeted(client());
        TinyClient second = client();
        assertGreeted(second);
        assertTurnedAway(client(), FULL);
        assertTurnedAway(client(), FULL);
        assertThat(rejected).isEqualTo(Map.of("limit-connections", 2));
        assertThat(proxy.sessions()).isEqualTo(2);
        assertThat(second.ask("a1 NOOP")).isEqualTo("a1 OK done");
    }

    @Test
    void behindALoadBalancerTheClientsOwnAddressCounts() throws Exception {
        start(options(limits(0, 1, 0), new ProxyHeaderOptions(ProxyHeaderUse.REQUIRED, List.of("127.0.0.1", "::1"))));
        assertGreeted(client("203.0.113.1"));
        assertGreeted(client("203.0.113.2"));
        assertTurnedAway(client("203.0.113.1"), TOO_MANY);
        assertThat(rejected).isEqualTo(Map.of("limit-address", 1));
    }

    @Test
    void whoHasNotLoggedInMakesPlaceForOthers() throws Exception {
        start(options(limits(0, 0, 2), ProxyHeaderOptions.OFF));
        TinyClient loggedIn = client();
        assertGreeted(loggedIn);
        assertThat(loggedIn.ask("a1 LOGIN ann secret")).isEqualTo("a1 OK done");
        TinyClient oldest = client();
        assertGreeted(oldest);
        assertGreeted(client());
        assertGreeted(client());
        assertTurnedAway(oldest, "* BYE [UNAVAILABLE] too many connections that have not logged in");
        assertThat(loggedIn.noop()).isEqualTo("n1 OK done");
        assertThat(closes).isEqualTo(Map.of(CloseCause.LIMIT, 1));
    }

    @Test
    void aReloadPutsOtherLimitsInForce() throws Exception {
        start(options(limits(0, 0, 0), ProxyHeaderOptions.OFF));
        assertGreeted(client());
        proxy.reconfigure(options(limits(0, 1, 0), ProxyHeaderOptions.OFF));
        assertTurnedAway(client(), TOO_MANY);
        proxy.reconfigure(options(limits(0, 2, 0), ProxyHeaderOptions.OFF));
        assertGreeted(client());
    }
}
