package org.imapnotify.app;

import java.util.List;
import org.imapnotify.netty.FrontOptions;
import org.imapnotify.netty.ProxyHeaderOptions;
import org.imapnotify.netty.ProxyHeaderUse;
import picocli.CommandLine.Option;

/** The flags that say what is agreed with whoever connects, besides TLS. */
final class FrontFlags {
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

    FrontOptions options() {
        return new FrontOptions(compress, new ProxyHeaderOptions(proxyProtocol, proxyProtocolFrom));
    }
}
