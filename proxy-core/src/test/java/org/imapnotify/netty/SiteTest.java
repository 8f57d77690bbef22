package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name that a client asks for when it begins TLS chooses certificate and upstream. */
class SiteTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final TinyUpstream main = new TinyUpstream("main");
    private final TinyUpstream other = new TinyUpstream("other");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // by start()
    private ProxyServer proxy;

    @BeforeEach
    void start() throws Exception {
        TlsFiles mainCertificate = TestCertificate.write(folder, "main", 5);
        TlsFiles otherCertificate = TestCertificate.write(folder, "other", 5);
        proxy = ProxyServer.start(
                new ProxyOptions(
                        List.of(new ListenerOptions(ANY, TlsMode.IMPLICIT, Optional.of(mainCertificate), false)),
                        main.options(),
                        List.of(
                                new SiteOptions(
                                        List.of("Mail.Other.example", "*.wild.example"),
                                        other.options(),
                                        Optional.of(otherCertificate)),
                                new SiteOptions(List.of("same.example"), other.options(), Optional.empty())),
                        NotifyOptions.DEFAULT,
                        WatchOptions.DEFAULT,
                        FrontOptions.DEFAULT,
                        1),
                Telemetry.NONE);
    }

    @AfterEach
    void close() throws Exception {
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        main.close();
        other.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.other.example, other, other",
        "MAIL.other.example, other, other",
        "a.wild.example, other, other",
        "wild.example, main, main",
        "a.b.wild.example, main, main",
        "same.example, main, other",
        "stranger.example, main, main",
        ", main, main"
    })
    void theNameChooses(@Nullable String name, String certificate, String greeting) throws Exception {
        try (SSLSocket socket = connect(name)) {
            X509Certificate seen = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(seen.getSubjectX500Principal().getName()).contains("CN=" + certificate);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).startsWith("* OK").endsWith(" " + greeting);
            socket.getOutputStream().write("n1 NOOP\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).isEqualTo("n1 OK done");
        }
    }

    private SSLSocket connect(@Nullable String name) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        InetSocketAddress address = proxy.imapAddresses().get(0);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        if (name != null) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    @Test
    void whoSpeaksNoTlsIsClosed() throws IOException {
        try (TinyClient client = new TinyClient(proxy.imapAddresses().get(0))) {
            client.say("a1 LOGIN user password\r\n");
            assertThat(client.line())
                    .satisfies(line -> assertThat(String.valueOf(line)).doesNotContain("OK"));
        }
    }

    @Test
    void namesAreChecked() {
        for (String wrong : List.of("", "*", "*.*.example", "mail..example", "a b", "-a.example")) {
            assertThatThrownBy(() -> new SiteOptions(List.of(wrong), main.options(), Optional.empty()))
                    .hasMessageContainingAll(
                            "site", wrong.isEmpty() ? "not given" : "\"" + wrong + "\"", "a host name");
        }
    }
}
