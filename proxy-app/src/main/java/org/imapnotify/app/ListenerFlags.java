package org.imapnotify.app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.FrontOptions;
import org.imapnotify.netty.LimitOptions;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.ProxyHeaderOptions;
import org.imapnotify.netty.ProxyHeaderUse;
import org.imapnotify.netty.TlsFiles;
import org.imapnotify.netty.TlsMode;
import picocli.CommandLine.Option;

/** The flags that say where clients connect and what is agreed with them, besides TLS. */
@Section(value = "listeners", about = "Where clients connect, and what is agreed with them.")
final class ListenerFlags {
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

    @Option(
            names = "--allow-plaintext-auth",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let clients that are not on this machine log in without TLS.")
    private boolean allowPlaintextAuth;

    @Option(
            names = "--compress",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Offer COMPRESS=DEFLATE to clients, whether the upstream has it or not. Default: true.")
    private boolean compress = FrontOptions.DEFAULT.compress();

    @Option(
            names = "--proxy-protocol",
            paramLabel = "off|allowed|required",
            description = "Take the client's address from the PROXY header of load balancers in --proxy-protocol-from:"
                    + " never, beside clients that come directly, or of everybody. Default: off.")
    private ProxyHeaderUse proxyProtocol = ProxyHeaderUse.OFF;

    @Option(
            names = "--proxy-protocol-from",
            split = ",",
            paramLabel = "NETWORK",
            description = "Load balancers that begin with a PROXY header: 10.1.0.0/16, 2001:db8::/32 or an address.")
    private List<String> proxyProtocolFrom = List.of();

    FrontOptions front(LimitOptions limits) {
        return new FrontOptions(compress, new ProxyHeaderOptions(proxyProtocol, proxyProtocolFrom), limits);
    }

    List<ListenerOptions> options(Optional<TlsFiles> certificate) {
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
}
