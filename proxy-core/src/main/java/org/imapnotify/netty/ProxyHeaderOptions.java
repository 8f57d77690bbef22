package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The PROXY protocol, version 1 and 2, in front of what clients say. Nobody guesses whether there is a header, as the protocol
 * demands: where a connection comes from decides.
 *
 * @param from networks as ADDRESS/BITS, or addresses: load balancers whose word on who the client is counts
 */
public record ProxyHeaderOptions(ProxyHeaderUse use, List<String> from) {
    public static final ProxyHeaderOptions OFF = new ProxyHeaderOptions(ProxyHeaderUse.OFF, List.of());

    private static final String KEY = "proxy-protocol-from";

    public ProxyHeaderOptions {
        from = List.copyOf(from);
        from.forEach(ProxyHeaderOptions::network);
        if (use != ProxyHeaderUse.OFF && from.isEmpty()) {
            throw new InvalidOptionException(KEY, "", "the load balancers' networks, such as 10.1.0.0/16");
        }
    }

    boolean isTrusted(InetSocketAddress peer) {
        return from.stream().anyMatch(network -> network(network).contains(peer));
    }

    private static Network network(String text) {
        return Network.parse(KEY, text);
    }
}
