package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final UpstreamOptions UPSTREAM =
            new UpstreamOptions("mail.example", 143, UpstreamTls.PLAIN, Optional.empty());

    @Test
    void aProxyNeedsAListener() {
        assertThatThrownBy(() -> new ProxyOptions(List.of(), UPSTREAM, NotifyOptions.DEFAULT, WatchOptions.DEFAULT, 0))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll("listen", "HOST:PORT");
    }

    @Test
    void aListenerMustBeAnAddressOfThisMachine() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 143);
        assertThatThrownBy(() -> new ListenerOptions(unresolved, TlsMode.NONE, Optional.empty(), false))
                .hasMessageContainingAll("listen", "nowhere.invalid", "resolves");
    }

    @Test
    void tlsNeedsACertificateAndPlainTextNone(@TempDir Path directory) throws IOException {
        Path pem = Files.createFile(directory.resolve("a.pem"));
        Optional<TlsFiles> files = Optional.of(new TlsFiles(pem, pem));
        assertThatThrownBy(() -> new ListenerOptions(LOOPBACK, TlsMode.IMPLICIT, Optional.empty(), false))
                .hasMessageContainingAll("tls-cert", "listen-tls");
        assertThatThrownBy(() -> new ListenerOptions(LOOPBACK, TlsMode.NONE, files, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ListenerOptions(LOOPBACK, TlsMode.STARTTLS, files, false).certificate())
                .isEqualTo(files);
    }

    @Test
    void filesMustBeReadable(@TempDir Path directory) {
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> new TlsFiles(missing, missing))
                .hasMessageContainingAll("tls-cert", missing.toString(), "PEM");
        assertThatThrownBy(() -> new UpstreamOptions("h", 993, UpstreamTls.IMPLICIT, Optional.of(missing)))
                .hasMessageContainingAll("upstream-ca", missing.toString());
    }

    @Test
    void theUpstreamNeedsHostPortAndTimes() {
        assertThatThrownBy(() -> new UpstreamOptions(" ", 143, UpstreamTls.PLAIN, Optional.empty()))
                .hasMessageContainingAll("upstream", "host");
        assertThatThrownBy(() -> new UpstreamOptions("h", 65_536, UpstreamTls.PLAIN, Optional.empty()))
                .hasMessageContainingAll("upstream", "65536", "port");
        assertThatThrownBy(() -> new UpstreamOptions(
                        UPSTREAM.addresses(),
                        UpstreamTls.PLAIN,
                        Optional.empty(),
                        UpstreamExtras.NONE,
                        FailoverOptions.DEFAULT,
                        Duration.ZERO,
                        Duration.ofSeconds(1)))
                .hasMessageContainingAll("connect-timeout", "above zero");
    }

    @Test
    void watchLimitsAreNamed() {
        assertThatThrownBy(() -> new WatchOptions(WatchMode.AUTO, 0, Duration.ofSeconds(30)))
                .hasMessageContainingAll("watch-connections", "\"0\"", "1 to");
        assertThatThrownBy(() -> WatchOptions.DEFAULT.intervals().withQuiet(Duration.ofSeconds(29)))
                .hasMessageContaining("poll-interval-quiet")
                .hasMessageContaining("not below the poll interval");
        assertThatThrownBy(() -> WatchOptions.DEFAULT.intervals().withSafety(Duration.ofSeconds(29)))
                .hasMessageContainingAll("notify-safety-interval", "not below the poll interval");
        assertThatThrownBy(() -> new WatchOptions(WatchMode.AUTO, 2, Duration.ofMillis(1)))
                .hasMessageContainingAll("poll-interval", "50ms");
    }

    @Test
    void budgetsAreNamed() {
        assertThatThrownBy(() -> new BudgetOptions(0, 0, 0, -1, 0))
                .hasMessageContainingAll("watch-upstream-connections", "\"-1\"");
        assertThatThrownBy(() -> new BudgetOptions(0, 0, 0, 0, -1))
                .hasMessageContainingAll("watch-total-connections", "\"-1\"");
        assertThatThrownBy(() -> new BudgetOptions(0, 0, -1, 0, 0))
                .hasMessageContainingAll("watch-upstream-connects-per-second", "\"-1\"");
        assertThatThrownBy(() -> new BudgetOptions(-1, 0, 0, 0, 0))
                .hasMessageContainingAll("watch-commands-per-minute", "\"-1\"", "0 for no limit");
        assertThatThrownBy(() -> new BudgetOptions(0, -1, 0, 0, 0))
                .hasMessageContainingAll("watch-upstream-commands-per-minute", "\"-1\"");
    }

    @Test
    void networksAreCheckedByName() {
        assertThatThrownBy(() -> new ProxyHeaderOptions(ProxyHeaderUse.REQUIRED, List.of()))
                .hasMessageContainingAll("proxy-protocol-from", "10.1.0.0/16");
        for (String wrong : List.of("lb.example", "10.0.0.0/33", "10.0.0.0/", "::1/-1", "")) {
            assertThatThrownBy(() -> new ProxyHeaderOptions(ProxyHeaderUse.ALLOWED, List.of(wrong)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll(
                            "proxy-protocol-from", wrong.isEmpty() ? "not given" : "\"" + wrong + "\"", "192.0.2.0/24");
        }
        ProxyHeaderOptions options =
                new ProxyHeaderOptions(ProxyHeaderUse.ALLOWED, List.of("192.0.2.0/25", "2001:db8::/32", "10.1.1.1"));
        assertThat(options.isTrusted(at("192.0.2.127"))).isTrue();
        assertThat(options.isTrusted(at("192.0.2.128"))).isFalse();
        assertThat(options.isTrusted(at("2001:db8:1::2"))).isTrue();
        assertThat(options.isTrusted(at("2001:db9::2"))).isFalse();
        assertThat(options.isTrusted(at("10.1.1.1"))).isTrue();
        assertThat(options.isTrusted(at("10.1.1.2"))).isFalse();
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 1);
    }
}
