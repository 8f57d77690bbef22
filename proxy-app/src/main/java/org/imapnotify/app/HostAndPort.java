package org.imapnotify.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.imapnotify.netty.InvalidOptionException;

/** {@code HOST:PORT} as it is written on a command line; an IPv6 address stands in brackets, {@code *} is every address. */
record HostAndPort(String host, int port) {
    /** For {@link #parse}: the port must be written out. */
    static final int NO_DEFAULT = -1;

    private static final int LAST_PORT = 65_535;

    static HostAndPort parse(String key, String text, int defaultPort) {
        int colon = text.startsWith("[") ? text.indexOf(']') + 1 : text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0 || host.indexOf('[') >= 0) {
            throw new InvalidOptionException(key, text, "an IPv6 address in brackets, as in [::1]:143");
        }
        if (host.isBlank()) {
            throw new InvalidOptionException(key, text, "HOST:PORT");
        }
        return new HostAndPort(host, port.isEmpty() ? defaulted(key, text, defaultPort) : port(key, text, port));
    }

    private static int defaulted(String key, String text, int defaultPort) {
        if (defaultPort == NO_DEFAULT) {
            throw new InvalidOptionException(key, text, "HOST:PORT");
        }
        return defaultPort;
    }

    private static int port(String key, String text, String colonAndPort) {
        String digits = colonAndPort.substring(1);
        boolean number = colonAndPort.startsWith(":") && digits.matches("[0-9]{1,5}");
        if (!number || Integer.parseInt(digits) > LAST_PORT) {
            throw new InvalidOptionException(key, text, "a port from 0 to " + LAST_PORT + " after the host");
        }
        return Integer.parseInt(digits);
    }

    /** May be unresolved, which the options' own checks refuse. */
    InetSocketAddress resolve() {
        return host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    static String format(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip == null ? address.getHostString() : ip.getHostAddress();
        return of(host, address.getPort());
    }

    private static String of(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return of(host, port);
    }
}
