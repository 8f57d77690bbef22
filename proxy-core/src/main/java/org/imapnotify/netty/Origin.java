package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from, by its socket or by a load balancer's word.
 *
 * @param client unresolved when unknown
 * @param reached the address that the client connected to; unresolved when unknown
 * @param secured TLS with the client ended at the load balancer
 * @param session the session's name in log lines
 */
record Origin(InetSocketAddress client, InetSocketAddress reached, boolean secured, String session) {
    private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

    static Origin of(Channel channel, String session) {
        return new Origin(inet(channel.remoteAddress()), inet(channel.localAddress()), false, session);
    }

    /** A load balancer that speaks for itself (LOCAL, UNKNOWN) is the client. */
    static Origin of(HAProxyMessage header, Channel channel, String session) {
        InetSocketAddress client = inet(header.sourceAddress(), header.sourcePort());
        InetSocketAddress reached = inet(header.destinationAddress(), header.destinationPort());
        return header.command() == HAProxyCommand.LOCAL || client.isUnresolved() || reached.isUnresolved()
                ? of(channel, session)
                : new Origin(client, reached, hasTls(header), session);
    }

    private static boolean hasTls(HAProxyMessage header) {
        return header.tlvs().stream().anyMatch(tlv -> tlv instanceof HAProxySSLTLV tls && tls.isPP2ClientSSL());
    }

    boolean isLoopback() {
        return !client.isUnresolved() && client.getAddress().isLoopbackAddress();
    }

    /** Both addresses are known, and of one family. */
    boolean isKnown() {
        return !client.isUnresolved()
                && !reached.isUnresolved()
                && client.getAddress().getClass() == reached.getAddress().getClass();
    }

    private static InetSocketAddress inet(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null ? inet : UNKNOWN;
    }

    private static InetSocketAddress inet(@Nullable String address, int port) {
        InetAddress ip = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
        return ip == null ? UNKNOWN : new InetSocketAddress(ip, port);
    }
}
