package org.imapnotify.app;

import org.imapnotify.netty.UpstreamExtras;
import org.imapnotify.netty.UpstreamHeader;
import picocli.CommandLine.Option;

/** The flags that say what is agreed with the upstream, besides TLS. */
final class UpstreamFlags {
    @Option(
            names = "--upstream-compress",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Use COMPRESS=DEFLATE with an upstream that offers it: worth it over slow lines. Default: false.")
    private boolean compress = UpstreamExtras.NONE.compress();

    @Option(
            names = "--upstream-proxy-protocol",
            paramLabel = "off|v1|v2",
            description = "Begin connections to the upstream with a PROXY header that names the client. Default: off.")
    private UpstreamHeader header = UpstreamExtras.NONE.header();

    @Option(
            names = "--upstream-client-id",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Name the client to the upstream by ID with x-originating-ip, which Dovecot believes of its"
                    + " login_trusted_networks. Default: false.")
    private boolean identify = UpstreamExtras.NONE.identify();

    UpstreamExtras extras() {
        return new UpstreamExtras(compress, header, identify);
    }
}
