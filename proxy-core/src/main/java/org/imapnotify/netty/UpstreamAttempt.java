package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** One connection to the upstream in the making: the addresses that are fit are tried one after the other, TLS and greeting included. */
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
                failed(address, LogText.reason(connecting.cause()));
            }
        });
    }

    private void connected(UpstreamAddress address, Channel channel) {
        connector.greeter().sendHeader(channel, origin);
        if (connector.options().tls() != UpstreamTls.IMPLICIT) {
            awaitGreeting(address, channel);
            return;
        }
        Future<Channel> handshake = connector.secure(channel).handshakeFuture();
        handshake.addListener(done -> {
            connector.telemetry().tlsHandshake("upstream", ServerTls.version(channel), handshake.isSuccess());
            if (handshake.isSuccess()) {
                awaitGreeting(address, channel);
            } else {
                channel.close();
                failed(address, "TLS failed: " + LogText.tls(handshake.cause()));
            }
        });
    }

    private void awaitGreeting(UpstreamAddress address, Channel channel) {
        AwaitedGreeting.Outcome outcome = new AwaitedGreeting.Outcome() {
            @Override
            public boolean greeted(String obstacle) {
                return greetedBy(address, channel, obstacle);
            }

            @Override
            public void failed(String why) {
                UpstreamAttempt.this.failed(address, why);
            }
        };
        Duration patience = connector.options().greetingTimeout();
        channel.pipeline().replace(NobodyYet.NAME, AwaitedGreeting.NAME, new AwaitedGreeting(patience, outcome));
        channel.config().setAutoRead(true);
    }

    /** A server that sends clients away may not be the only one; what the last one says is for its client to see. */
    private boolean greetedBy(UpstreamAddress address, Channel channel, String obstacle) {
        if (obstacle.isEmpty()) {
            connector.health().worked(address);
        } else if (left.hasNext()) {
            failed(address, obstacle);
            return false;
        } else {
            connector.health().failed(address, obstacle);
        }
        up(channel);
        return true;
    }

    private void up(Channel channel) {
        Telemetry telemetry = connector.telemetry();
        telemetry.upstreamConnected(role);
        telemetry.upstreamConnectTime(role, System.nanoTime() - begin);
        channel.closeFuture().addListener(closed -> telemetry.upstreamClosed(role));
        channel.pipeline().replace(AwaitedGreeting.NAME, "imap", handler);
        opened.opened(channel, "");
    }

    private void failed(UpstreamAddress address, String why) {
        connector.telemetry().upstreamConnectFailed(role);
        connector.health().failed(address, why);
        if (left.hasNext()) {
            tryNext(left.next());
        } else {
            opened.opened(null, "the mail server cannot be reached: " + why);
        }
    }
}
