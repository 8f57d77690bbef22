package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.Optional;

/** One connection to the upstream in the making: the addresses that are fit are tried one after the other, TLS included. */
final class UpstreamAttempt {
    private final UpstreamConnector connector;
    private final EventLoop loop;
    private final String role;
    private final Optional<Origin> origin;
    private final ChannelHandler handler;
    private final UpstreamConnector.Opened opened;
    private final Iterator<UpstreamAddress> left;
    private final long begin = System.nanoTime();

    UpstreamAttempt(
            UpstreamConnector connector,
            EventLoop loop,
            String role,
            Optional<Origin> origin,
            ChannelHandler handler,
            UpstreamConnector.Opened opened) {
        this.connector = connector;
        this.loop = loop;
        this.role = role;
        this.origin = origin;
        this.handler = handler;
        this.opened = opened;
        this.left = connector.health().candidates().iterator();
    }

    void start() {
        tryNext(left.next());
    }

    private void tryNext(UpstreamAddress address) {
        ChannelFuture connecting = connector.open(loop, address);
        connecting.addListener(done -> {
            if (connecting.isSuccess()) {
                connected(address, connecting.channel());
            } else {
                failed(address, connecting.cause());
            }
        });
    }

    private void connected(UpstreamAddress address, Channel channel) {
        connector.greeter().sendHeader(channel, origin);
        if (connector.options().tls() != UpstreamTls.IMPLICIT) {
            up(address, channel);
            return;
        }
        Future<Channel> handshake = connector.secure(channel).handshakeFuture();
        handshake.addListener(done -> {
            connector.telemetry().tlsHandshake("upstream", ServerTls.version(channel), handshake.isSuccess());
            if (handshake.isSuccess()) {
                up(address, channel);
            } else {
                channel.close();
                failed(address, handshake.cause());
            }
        });
    }

    private void up(UpstreamAddress address, Channel channel) {
        connector.health().worked(address);
        Telemetry telemetry = connector.telemetry();
        telemetry.upstreamConnected(role);
        telemetry.upstreamConnectTime(role, System.nanoTime() - begin);
        channel.closeFuture().addListener(closed -> telemetry.upstreamClosed(role));
        channel.pipeline().replace(NobodyYet.NAME, "imap", handler);
        opened.opened(channel, "");
        channel.config().setAutoRead(true);
    }

    private void failed(UpstreamAddress address, Throwable cause) {
        String why = LogText.reason(cause);
        connector.telemetry().upstreamConnectFailed(role);
        connector.health().failed(address, why);
        if (left.hasNext()) {
            tryNext(left.next());
        } else {
            opened.opened(null, "the mail server cannot be reached: " + why);
        }
    }
}
