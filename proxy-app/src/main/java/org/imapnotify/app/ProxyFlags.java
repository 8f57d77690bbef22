package org.imapnotify.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.NotifyMode;
import org.imapnotify.netty.NotifyOptions;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.TlsFiles;
import org.imapnotify.netty.TlsMode;
import org.imapnotify.netty.UpstreamOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say what the proxy does, and {@link ProxyOptions} made of them. A configuration file has the same keys. */
final class ProxyFlags {
    @Option(
            names = "--upstream",
            required = true,
            split = ",",
            paramLabel = "URL",
            description = "The IMAP server: imap://HOST[:PORT][?tls=starttls] or imaps://HOST[:PORT]."
                    + " May be repeated for a server with several addresses.")
    private List<String> upstream = List.of();

    @Option(
            names = "--upstream-ca",
            paramLabel = "PEM",
            description = "Certificates to trust for the upstream besides the Java runtime's.")
    private @Nullable Path upstreamCa;

    @Option(
            names = "--listen",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Where clients connect; with --tls-cert STARTTLS is offered. May be repeated.")
    private List<String> listen = List.of();

    @Option(
            names = "--listen-tls",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Where clients connect with TLS from the first octet. May be repeated.")
    private List<String> listenTls = List.of();

    @Option(names = "--tls-cert", paramLabel = "PEM", description = "Certificate chain of the listeners, leaf first.")
    private @Nullable Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "Private key of that certificate.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--allow-plaintext-auth",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let clients that are not on this machine log in without TLS.")
    private boolean allowPlaintextAuth;

    @Option(
            names = "--notify",
            paramLabel = "auto|emulate|off",
            description = "Who answers NOTIFY: the upstream where it can, always the proxy, nobody. Default: auto.")
    private NotifyMode notify = NotifyMode.AUTO;

    @Mixin
    private WatchFlags watch = new WatchFlags();

    @Mixin
    private UpstreamFlags upstreamFlags = new UpstreamFlags();

    @Mixin
    private SiteFlags sites = new SiteFlags();

    @Mixin
    private FrontFlags front = new FrontFlags();

    /** Reads files' names and looks host names up, but opens nothing. */
    ProxyOptions options() {
        return new ProxyOptions(
                listeners(),
                upstreamOptions(upstream()),
                sites.options(this::upstreamOptions),
                new NotifyOptions(notify),
                watch.options(),
                front.options(),
                0);
    }

    UpstreamUrls upstream() {
        return UpstreamUrls.parse(upstream);
    }

    private UpstreamOptions upstreamOptions(UpstreamUrls urls) {
        return new UpstreamOptions(
                urls.addresses(),
                urls.tls(),
                Optional.ofNullable(upstreamCa),
                upstreamFlags.extras(),
                upstreamFlags.failover());
    }

    private List<ListenerOptions> listeners() {
        Optional<TlsFiles> certificate = certificate();
        List<ListenerOptions> listeners = new ArrayList<>();
        TlsMode plainOrStartTls = certificate.isPresent() ? TlsMode.STARTTLS : TlsMode.NONE;
        for (String address : listen) {
            listeners.add(
                    new ListenerOptions(resolve("listen", address), plainOrStartTls, certificate, allowPlaintextAuth));
        }
        for (String address : listenTls) {
            listeners.add(new ListenerOptions(
                    resolve("listen-tls", address), TlsMode.IMPLICIT, certificate, allowPlaintextAuth));
        }
        return listeners;
    }

    private static InetSocketAddress resolve(String key, String address) {
        return HostAndPort.parse(key, address, HostAndPort.NO_DEFAULT).resolve();
    }

    private Optional<TlsFiles> certificate() {
        if (tlsCert == null && tlsKey == null) {
            return Optional.empty();
        }
        if (tlsCert == null) {
            throw new InvalidOptionException("tls-cert", "", "the certificate that belongs to tls-key");
        }
        if (tlsKey == null) {
            throw new InvalidOptionException("tls-key", "", "the key that belongs to tls-cert");
        }
        return Optional.of(new TlsFiles(tlsCert, tlsKey));
    }
}
