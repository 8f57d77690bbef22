package org.imapnotify.netty;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The legacy server.
 *
 * @param addresses at least one; more are the same server elsewhere
 * @param caPem certificates trusted besides those of the Java runtime
 * @param extras what is agreed with it besides TLS
 * @param greetingTimeout how long a connected upstream may stay silent: some servers accept and say nothing when full
 */
public record UpstreamOptions(
        List<UpstreamAddress> addresses,
        UpstreamTls tls,
        Optional<Path> caPem,
        UpstreamExtras extras,
        FailoverOptions failover,
        Duration connectTimeout,
        Duration greetingTimeout) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** As Dovecot's login proxy waits for its backends. */
    public static final Duration DEFAULT_GREETING_TIMEOUT = Duration.ofSeconds(30);

    public UpstreamOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new InvalidOptionException("upstream", "", "at least one address");
        }
        if (addresses.size() != Set.copyOf(addresses).size()) {
            throw new InvalidOptionException("upstream", addresses, "addresses that differ");
        }
        caPem.ifPresent(file -> TlsFiles.requireReadable("upstream-ca", file));
        requirePositive("upstream-connect-timeout", connectTimeout);
        requirePositive("upstream-greeting-timeout", greetingTimeout);
    }

    /** With the default timeouts. */
    public UpstreamOptions(
            List<UpstreamAddress> addresses,
            UpstreamTls tls,
            Optional<Path> caPem,
            UpstreamExtras extras,
            FailoverOptions failover) {
        this(addresses, tls, caPem, extras, failover, DEFAULT_CONNECT_TIMEOUT, DEFAULT_GREETING_TIMEOUT);
    }

    /** One address, with no extras and the default timeouts. */
    public UpstreamOptions(String host, int port, UpstreamTls tls, Optional<Path> caPem) {
        this(List.of(new UpstreamAddress(host, port)), tls, caPem, UpstreamExtras.NONE, FailoverOptions.DEFAULT);
    }

    private static void requirePositive(String key, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidOptionException(key, duration, "a time above zero");
        }
    }
}
