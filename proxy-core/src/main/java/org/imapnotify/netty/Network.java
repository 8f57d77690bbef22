package org.imapnotify.netty;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses that begin alike: {@code 192.0.2.0/24}, {@code 2001:db8::/32}; one address is a network of its own. */
final class Network {
    /** As many as configurations have named; each connection asks for them. */
    private static final Map<String, Network> PARSED = new ConcurrentHashMap<>();

    private final IpSubnetFilterRule rule;

    private Network(IpSubnetFilterRule rule) {
        this.rule = rule;
    }

    /** @throws InvalidOptionException naming the key when this is no network */
    static Network parse(String key, String text) {
        return PARSED.computeIfAbsent(text, network -> read(key, network));
    }

    private static Network read(String key, String text) {
        int slash = text.indexOf('/');
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw invalid(key, text);
        }
        int longest = address.getAddress().length * 8;
        int bits = slash < 0 ? longest : bits(text.substring(slash + 1));
        if (bits < 0 || bits > longest) {
            throw invalid(key, text);
        }
        return new Network(new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT));
    }

    private static int bits(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static InvalidOptionException invalid(String key, String text) {
        return new InvalidOptionException(key, text, "an address or a network, such as 192.0.2.0/24 or 2001:db8::/32");
    }

    boolean contains(InetSocketAddress peer) {
        return !peer.isUnresolved() && rule.matches(peer);
    }
}
