package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.NotifyOptions;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.TlsFiles;
import org.imapnotify.netty.TlsMode;
import org.imapnotify.netty.UpstreamOptions;
import org.imapnotify.netty.UpstreamTls;
import org.imapnotify.netty.WatchOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ProxyOptions> inForce = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path certificate = Path.of("");
    private ProxyOptions options;

    @BeforeEach
    void write() throws IOException {
        certificate = Files.writeString(directory.resolve("c.pem"), "one");
        options = new ProxyOptions(
                List.of(new ListenerOptions(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TlsMode.IMPLICIT,
                        Optional.of(new TlsFiles(certificate, certificate)),
                        false)),
                new UpstreamOptions("127.0.0.1", 143, UpstreamTls.PLAIN, Optional.empty()),
                NotifyOptions.DEFAULT,
                WatchOptions.DEFAULT,
                0);
    }

    private double reloads(String result) {
        return registry.get("imapnotify.config.reload")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void aCertificateThatChangedIsReadOnce() throws IOException {
        Reloader reloader = new Reloader(options, () -> options, inForce::add, new ReloadMeters(new Meters(registry)));
        reloader.look();
        assertThat(inForce).isEmpty();
        Files.writeString(certificate, "another");
        reloader.look();
        reloader.look();
        assertThat(inForce).containsExactly(options);
        assertThat(reloads("success")).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsCountedAndDoesNotEndTheProxy() {
        Reloader reloader = new Reloader(
                options,
                () -> {
                    throw new InvalidOptionException("poll-interval", "soon", "a time");
                },
                inForce::add,
                new ReloadMeters(new Meters(registry)));
        reloader.reload();
        assertThat(inForce).isEmpty();
        assertThat(reloads("failure")).isEqualTo(1);
        assertThat(registry.get("imapnotify.config.reload.failed").gauge().value())
                .isEqualTo(1);
    }
}
