package org.imapnotify.netty;

import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** How the upstream's name becomes an address: without ever blocking an event loop on a name server. */
final class UpstreamResolver {
    private UpstreamResolver() {}

    static AddressResolverGroup<InetSocketAddress> of(UpstreamOptions options, Transport transport) {
        boolean needsNoServer = options.addresses().stream().allMatch(UpstreamResolver::needsNoServer);
        return needsNoServer
                ? DefaultAddressResolverGroup.INSTANCE
                : new DnsAddressResolverGroup(
                        new DnsNameResolverBuilder().datagramChannelType(transport.datagramChannel()));
    }

    private static boolean needsNoServer(UpstreamAddress address) {
        String host = address.host();
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host) || host.equals("localhost");
    }
}
