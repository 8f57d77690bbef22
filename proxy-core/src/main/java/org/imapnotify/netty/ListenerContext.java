package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.imapnotify.session.SessionOptions;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.session.SessionOptions.WatchUse;
import org.jspecify.annotations.Nullable;

/** One listener: what its sessions are told, and its certificate. */
final class ListenerContext {
    private final ListenerOptions options;
    private final ProxyOptions proxy;
    private final @Nullable SslContext tls;

    ListenerContext(ListenerOptions options, ProxyOptions proxy) {
        this.options = options;
        this.proxy = proxy;
        this.tls = options.certificate().map(ServerTls::context).orElse(null);
    }

    /** As metrics call it. */
    String name() {
        return options.tls() == TlsMode.IMPLICIT ? "imaps" : "imap";
    }

    InetSocketAddress address() {
        return options.address();
    }

    boolean implicitTls() {
        return options.tls() == TlsMode.IMPLICIT;
    }

    SslContext tls() {
        if (tls == null) {
            throw new IllegalStateException("TLS on a listener without a certificate");
        }
        return tls;
    }

    SessionOptions sessionOptions(Channel client) {
        WatchOptions watch = proxy.watch();
        UpstreamOptions upstream = proxy.upstream();
        return new SessionOptions(
                upstream.tls() == UpstreamTls.STARTTLS,
                options.tls() == TlsMode.STARTTLS,
                implicitTls(),
                options.allowPlaintextAuth() || isLoopback(client),
                notifyUse(),
                watchUse(),
                watch.pollInterval(),
                idleReissue());
    }

    Duration idleReissue() {
        return UpstreamConnector.idleReissue(proxy.upstream());
    }

    private NotifyUse notifyUse() {
        return switch (proxy.notifyOptions().mode()) {
            case AUTO -> NotifyUse.AUTO;
            case EMULATE -> NotifyUse.EMULATE;
            case OFF -> NotifyUse.OFF;
        };
    }

    private WatchUse watchUse() {
        return switch (proxy.watch().mode()) {
            case AUTO -> WatchUse.AUTO;
            case DEDICATED -> WatchUse.DEDICATED;
            case INLINE -> WatchUse.INLINE;
        };
    }

    private static boolean isLoopback(Channel client) {
        return client.remoteAddress() instanceof InetSocketAddress remote && isLoopback(remote.getAddress());
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
