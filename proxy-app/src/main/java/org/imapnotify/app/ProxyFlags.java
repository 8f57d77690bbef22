package org.imapnotify.app;

import java.util.Optional;
import org.imapnotify.netty.MasterUser;
import org.imapnotify.netty.ProxyOptions;
import picocli.CommandLine.Mixin;

/** The flags that say what the proxy does, and {@link ProxyOptions} made of them. A configuration file has the same keys. */
final class ProxyFlags {
    @Mixin
    private UpstreamFlags upstream = new UpstreamFlags();

    @Mixin
    private SiteFlags sites = new SiteFlags();

    @Mixin
    private ListenerFlags listeners = new ListenerFlags();

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Mixin
    private TlsFlags tls = new TlsFlags();

    @Mixin
    private NotifyFlags notify = new NotifyFlags();

    @Mixin
    private WatchFlags watch = new WatchFlags();

    /** Reads files' names and looks host names up, but opens nothing. */
    ProxyOptions options() {
        Optional<MasterUser> master = watch.master();
        return new ProxyOptions(
                listeners.options(tls.certificate()),
                upstream.options(upstream(), master),
                sites.options(urls -> upstream.options(urls, master)),
                notify.options(),
                watch.options(),
                listeners.front(limits.options()),
                0);
    }

    UpstreamUrls upstream() {
        return upstream.urls();
    }
}
