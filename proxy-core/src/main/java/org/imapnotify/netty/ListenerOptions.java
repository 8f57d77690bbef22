package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One address that clients connect to.
 *
 * @param address resolved; port 0 lets the system choose
 * @param certificate present exactly when {@code tls} is not {@link TlsMode#NONE}
 * @param allowPlaintextAuth whether a client that is not on this machine may log in without TLS
 */
public record ListenerOptions(
        InetSocketAddress address, TlsMode tls, Optional<TlsFiles> certificate, boolean allowPlaintextAuth) {
    public ListenerOptions {
        String key = tls == TlsMode.IMPLICIT ? "listen-tls" : "listen";
        if (address.isUnresolved()) {
            throw new InvalidOptionException(key, address.getHostString(), "a host name that resolves, or an address");
        }
        if (tls != TlsMode.NONE && certificate.isEmpty()) {
            throw new InvalidOptionException("tls-cert", "", "a certificate and tls-key, which " + key + " needs");
        }
        if (tls == TlsMode.NONE && certificate.isPresent()) {
            throw new IllegalArgumentException("a listener without TLS has no use for a certificate");
        }
    }
}
