package org.imapnotify.app;

import org.imapnotify.netty.FrontOptions;
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

    FrontOptions options() {
        return new FrontOptions(compress);
    }
}
