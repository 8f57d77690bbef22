package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** TLS towards clients: RFC 8314 and RFC 9325, TLS 1.2 and 1.3 with forward secrecy. */
final class ServerTls {
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** A handshake that takes longer is a held connection, which costs memory and a place. */
    static final long HANDSHAKE_SECONDS = 10;

    /** Octets of a ClientHello that are waited for to find the name in it; with keys for after quantum computers it has 2,000. */
    static final int LARGEST_HELLO = 16 * 1024;

    /**
     * RFC 7301: a client that names protocols has to name IMAP, or gets none, so that nobody leads a browser here that holds the
     * certificate for a web server's (ALPACA, USENIX Security 2021). Most clients name none.
     */
    private static final ApplicationProtocolConfig IMAP_ALONE = new ApplicationProtocolConfig(
            Protocol.ALPN, SelectorFailureBehavior.FATAL_ALERT, SelectedListenerFailureBehavior.ACCEPT, "imap");

    private ServerTls() {}

    /** @throws InvalidOptionException when the files are not a certificate chain and its key */
    static SslContext context(TlsFiles files) {
        try {
            return SslContextBuilder.forServer(
                            files.certificateChainPem().toFile(),
                            files.privateKeyPem().toFile())
                    .protocols(PROTOCOLS)
                    .applicationProtocolConfig(IMAP_ALONE)
                    .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new InvalidOptionException(
                    "tls-cert",
                    files.certificateChainPem() + " with tls-key " + files.privateKeyPem(),
                    "a PEM certificate chain and its unencrypted PKCS#8 key (" + unusable.getMessage() + ")");
        }
    }

    /** When the leaf expires; the files were good enough for {@link #context} just now. */
    static Instant notAfter(TlsFiles files) {
        try (InputStream pem = Files.newInputStream(files.certificateChainPem())) {
            Certificate leaf = CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .iterator()
                    .next();
            return ((X509Certificate) leaf).getNotAfter().toInstant();
        } catch (IOException | CertificateException unusable) {
            throw new InvalidOptionException(
                    "tls-cert", files.certificateChainPem(), "a PEM certificate chain (" + unusable.getMessage() + ")");
        }
    }

    static SslHandler handler(Channel channel, SslContext tls) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    /** The protocol version in force, as the engine names it; empty without TLS. */
    static String version(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler == null ? "" : handler.engine().getSession().getProtocol();
    }

    /** Begins TLS behind what was written: that is queued already, and goes out as it is. */
    static void secure(Channel client, ListenerContext listener) {
        client.flush();
        Sites sites = listener.sites();
        if (sites.areSeveral()) {
            Mapping<String, SslContext> certificates =
                    name -> sites.byName().map(name == null ? "" : name).certificate();
            long timeout = TimeUnit.SECONDS.toMillis(HANDSHAKE_SECONDS);
            client.pipeline().addFirst("tls", new SniHandler(certificates, LARGEST_HELLO, timeout));
        } else {
            client.pipeline().addFirst("tls", handler(client, sites.others().certificate()));
        }
    }
}
