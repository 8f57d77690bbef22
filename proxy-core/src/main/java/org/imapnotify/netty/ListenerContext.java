package org.imapnotify.netty;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.imapnotify.session.SessionOptions;
import org.imapnotify.session.SessionOptions.Compress;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.session.SessionOptions.WatchUse;
import org.jspecify.annotations.Nullable;

/** One listener: what its sessions are told, and its certificate. Both may be replaced at any time, for sessions that begin later. */
final class ListenerContext {
    /** What is replaced together. */
    private record Settings(
            ListenerOptions listener,
            ProxyOptions proxy,
            @Nullable SslContext tls,
            @Nullable Instant notAfter) {
        /** Reads the certificate's files. */
        static Settings of(ListenerOptions listener, ProxyOptions proxy) {
            return new Settings(
                    listener,
                    proxy,
                    listener.certificate().map(ServerTls::context).orElse(null),
                    listener.certificate().map(ServerTls::notAfter).orElse(null));
        }
    }

    private volatile Settings settings;

    ListenerContext(ListenerOptions options, ProxyOptions proxy) {
        this.settings = Settings.of(options, proxy);
    }

    /**
     * Reads what is to replace the settings.
     *
     * @return puts it in force, and cannot fail any more
     * @throws InvalidOptionException when it cannot be used; nothing has changed
     */
    Runnable prepare(ListenerOptions options, ProxyOptions proxy) {
        Settings fresh = Settings.of(options, proxy);
        return () -> settings = fresh;
    }

    /** When the certificate expires, if there is one. */
    Optional<Instant> notAfter() {
        return Optional.ofNullable(settings.notAfter());
    }

    /** As metrics call it. */
    String name() {
        return implicitTls() ? "imaps" : "imap";
    }

    InetSocketAddress address() {
        return settings.listener().address();
    }

    boolean implicitTls() {
        return settings.listener().tls() == TlsMode.IMPLICIT;
    }

    SslContext tls() {
        SslContext tls = settings.tls();
        if (tls == null) {
            throw new IllegalStateException("TLS on a listener without a certificate");
        }
        return tls;
    }

    /** What is agreed with whoever connects now. */
    FrontOptions front() {
        return settings.proxy().front();
    }

    SessionOptions sessionOptions(Origin client) {
        Settings now = settings;
        ListenerOptions options = now.listener();
        ProxyOptions proxy = now.proxy();
        WatchOptions watch = proxy.watch();
        UpstreamOptions upstream = proxy.upstream();
        return new SessionOptions(
                upstream.tls() == UpstreamTls.STARTTLS,
                options.tls() == TlsMode.STARTTLS,
                options.tls() == TlsMode.IMPLICIT || client.secured(),
                options.allowPlaintextAuth() || client.isLoopback(),
                notifyUse(proxy),
                watchUse(proxy),
                watch.pollInterval(),
                watch.metadataInterval(),
                UpstreamConnector.idleReissue(upstream),
                new Compress(proxy.front().compress(), upstream.extras().compress()),
                new UpstreamGreeter(upstream.extras()).introduction(Optional.of(client)));
    }

    private static NotifyUse notifyUse(ProxyOptions proxy) {
        return switch (proxy.notifyOptions().mode()) {
            case AUTO -> NotifyUse.AUTO;
            case EMULATE -> NotifyUse.EMULATE;
            case OFF -> NotifyUse.OFF;
        };
    }

    private static WatchUse watchUse(ProxyOptions proxy) {
        return switch (proxy.watch().mode()) {
            case AUTO -> WatchUse.AUTO;
            case DEDICATED -> WatchUse.DEDICATED;
            case INLINE -> WatchUse.INLINE;
        };
    }
}
