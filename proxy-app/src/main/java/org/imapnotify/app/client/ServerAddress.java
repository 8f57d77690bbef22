package org.imapnotify.app.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server is.
 *
 * @param caPem trusted instead of the Java runtime's certificates
 */
public record ServerAddress(String host, int port, Security security, Optional<Path> caPem) {
    /** How the connection is protected. */
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
