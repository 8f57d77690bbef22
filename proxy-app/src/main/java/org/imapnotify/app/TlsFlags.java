package org.imapnotify.app;

import java.nio.file.Path;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of TLS with clients. */
@Section(value = "tls", prefix = "tls-", about = "TLS with clients.")
final class TlsFlags {
    @Option(names = "--tls-cert", paramLabel = "PEM", description = "Certificate chain of the listeners, leaf first.")
    private @Nullable Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "Private key of that certificate.")
    private @Nullable Path tlsKey;

    Optional<TlsFiles> certificate() {
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
