package org.imapnotify.netty;

import java.nio.file.Files;
import java.nio.file.Path;

/** A listener's certificate chain, leaf first, and its private key, both PEM. Only the names are kept here. */
public record TlsFiles(Path certificateChainPem, Path privateKeyPem) {
    public TlsFiles {
        requireReadable("tls-cert", certificateChainPem);
        requireReadable("tls-key", privateKeyPem);
    }

    static void requireReadable(String key, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidOptionException(key, file, "a PEM file that exists and can be read");
        }
    }
}
