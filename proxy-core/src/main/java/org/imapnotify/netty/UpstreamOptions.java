package org.imapnotify.netty;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The legacy server.
 *
 * @param host name or address, without brackets; the certificate is verified against it
 * @param caPem certificates trusted besides those of the Java runtime
 * @param extras what is agreed with it besides TLS
 * @param greetingTimeout how long a connected upstream may stay silent: some servers accept and say nothing when full
 */
public record UpstreamOptions(
        String host,
        int port,
        UpstreamTls tls,
        Optional<Path> caPem,
        UpstreamExtras extras,
        Duration connectTimeout,
        Duration greetingTimeout) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** As Dovecot's login proxy waits for its backends. */
    public static final Duration DEFAULT_GREETING_TIMEOUT = Duration.ofSeconds(30);

    private static final int LAST_PORT = 65_535;

    public UpstreamOptions {
        if (host.isBlank()) {
            throw new InvalidOptionException("upstream", host, "a host name or an address");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidOptionException("upstream", port, "a port from 1 to " + LAST_PORT);
        }
        caPem.ifPresent(file -> TlsFiles.requireReadable("upstream-ca", file));
        requirePositive("upstream-connect-timeout", connectTimeout);
        requirePositive("upstream-greeting-timeout", greetingTimeout);
    }

    /** With the default timeouts. */
    public UpstreamOptions(String host, int port, UpstreamTls tls, Optional<Path> caPem, UpstreamExtras extras) {
        this(host, port, tls, caPem, extras, DEFAULT_CONNECT_TIMEOUT, DEFAULT_GREETING_TIMEOUT);
    }

    /** With no extras and the default timeouts. */
    public UpstreamOptions(String host, int port, UpstreamTls tls, Optional<Path> caPem) {
        this(host, port, tls, caPem, UpstreamExtras.NONE);
    }

    private static void requirePositive(String key, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidOptionException(key, duration, "a time above zero");
        }
    }
}
