package org.imapnotify.netty;

/**
 * Where the upstream listens.
 *
 * @param host name or address, without brackets; the certificate is verified against it
 */
public record UpstreamAddress(String host, int port) {
    private static final int LAST_PORT = 65_535;

    public UpstreamAddress {
        if (host.isBlank()) {
            throw new InvalidOptionException("upstream", host, "a host name or an address");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidOptionException("upstream", port, "a port from 1 to " + LAST_PORT);
        }
    }

    /** On this machine, where nothing between forgets a silent connection. */
    boolean isLocal() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
