package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.imapnotify.session.SessionOptions;
import org.imapnotify.session.SessionOptions.Compress;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.session.SessionOptions.WatchUse;

/** One listener: what its sessions are told, and its certificate. Both may be replaced at any time, for sessions that begin later. */
final class ListenerContext {
    /** What is replaced together. */
    private record Settings(ListenerOptions listener, ProxyOptions proxy, Sites sites) {
        /** Reads the certificate's files. */
        static Settings of(ListenerOptions listener, ProxyOptions proxy) {
            return new Settings(listener, proxy, Sites.of(listener, proxy));
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

    /** When the certificate expires, if there is one; of several, the first to expire. */
    Optional<Instant> notAfter() {
        return settings.sites().notAfter();
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

    /** What clients get by the name that they ask for. */
    Sites sites() {
        return settings.sites();
    }

    /** What is agreed with whoever connects now. */
    FrontOptions front() {
        return settings.proxy().front();
    }

    SessionOptions sessionOptions(Origin client, UpstreamOptions upstream) {
        Settings now = settings;
        ListenerOptions options = now.listener();
        ProxyOptions proxy = now.proxy();
        WatchOptions watch = proxy.watch();
        return new SessionOptions(
                upstream.tls() == UpstreamTls.STARTTLS,
                options.tls() == TlsMode.STARTTLS,
                options.tls() == TlsMode.IMPLICIT || client.secured(),
                options.allowPlaintextAuth() || client.isLoopback(),
                upstream.greetingTimeout(),
                notifyUse(proxy),
                watchUse(proxy),
                watch.intervals().poll(),
                watch.intervals().metadata(),
                UpstreamConnector.idleReissue(upstream),
                new Compress(proxy.front().compress(), upstream.extras().compress()),
                upstream.extras().master().isPresent(),
                new UpstreamGreeter(upstream.extras()).introduction(Optional.of(client)),
                upstream.extras().quirks());
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
