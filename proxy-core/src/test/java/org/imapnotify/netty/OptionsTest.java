package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                        "h",
                        143,
                        UpstreamTls.PLAIN,
                        Optional.empty(),
                        UpstreamExtras.NONE,
                        Duration.ZERO,
                        Duration.ofSeconds(1)))
                .hasMessageContainingAll("connect-timeout", "above zero");
    }

    @Test
    void watchLimitsAreNamed() {
        assertThatThrownBy(() -> new WatchOptions(WatchMode.AUTO, 0, Duration.ofSeconds(30)))
                .hasMessageContainingAll("watch-connections", "\"0\"", "1 to");
        assertThatThrownBy(() -> new WatchOptions(WatchMode.AUTO, 2, Duration.ofMillis(1)))
                .hasMessageContainingAll("poll-interval", "50ms");
    }
}
