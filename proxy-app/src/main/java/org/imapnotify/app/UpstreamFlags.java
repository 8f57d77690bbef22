package org.imapnotify.app;

import org.imapnotify.netty.UpstreamExtras;
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

    UpstreamExtras extras() {
        return new UpstreamExtras(compress);
    }
}
