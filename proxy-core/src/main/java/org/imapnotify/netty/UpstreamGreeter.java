package org.imapnotify.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells the upstream who the client is, so that its limits for each address, its logs and its lists see clients and not the proxy. */
final class UpstreamGreeter {
    private final UpstreamExtras extras;

    UpstreamGreeter(UpstreamExtras extras) {
        this.extras = extras;
    }

    /** Sends the PROXY header, in front of everything. Without an origin, or one of mixed families, the proxy speaks for itself. */
    void sendHeader(Channel channel, Optional<Origin> origin) {
        if (extras.header() == UpstreamHeader.OFF) {
            return;
        }
        Optional<Origin> client = origin.filter(Origin::isKnown);
        if (client.isEmpty() && extras.header() == UpstreamHeader.V1) {
            channel.writeAndFlush(Unpooled.copiedBuffer("PROXY UNKNOWN\r\n", StandardCharsets.US_ASCII));
            return;
        }
        channel.pipeline().addFirst("proxy-header", HAProxyMessageEncoder.INSTANCE);
        channel.writeAndFlush(client.map(this::header).orElseGet(UpstreamGreeter::local));
        channel.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    }

    private HAProxyMessage header(Origin origin) {
        InetSocketAddress client = origin.client();
        InetSocketAddress reached = origin.reached();
        return new HAProxyMessage(
                extras.header() == UpstreamHeader.V1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                client.getAddress() instanceof Inet6Address ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                address(client),
                address(reached),
                client.getPort(),
                reached.getPort());
    }

    private static HAProxyMessage local() {
        return new HAProxyMessage(
                HAProxyProtocolVersion.V2, HAProxyCommand.LOCAL, HAProxyProxiedProtocol.UNKNOWN, null, null, 0, 0);
    }

    /**
     * The ID command to be said before the login (RFC 2971 with Dovecot's keys), empty when there is none. Dovecot believes it of
     * {@code login_trusted_networks}.
     */
    String introduction(Optional<Origin> origin) {
        return extras.identify()
                ? origin.filter(Origin::isKnown).map(UpstreamGreeter::id).orElse("")
                : "";
    }

    private static String id(Origin origin) {
        return "ID (\"x-session-id\" \"" + origin.session() + "\""
                + " \"x-originating-ip\" \"" + address(origin.client()) + "\""
                + " \"x-originating-port\" \"" + origin.client().getPort() + "\""
                + " \"x-connected-ip\" \"" + address(origin.reached()) + "\""
                + " \"x-connected-port\" \"" + origin.reached().getPort() + "\")";
    }

    /** Without the zone of a link-local address, which nobody else knows. */
    private static String address(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
