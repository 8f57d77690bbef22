package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
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
        Attempt attempt = new Attempt(address);
        ChannelFuture connecting = connector.open(loop, address, attempt.greeting);
        connecting.addListener(done -> {
            if (connecting.isSuccess()) {
                attempt.connected(connecting.channel());
            } else {
                failed(address, LogText.reason(connecting.cause()));
            }
        });
    }

    /** One address. */
    private final class Attempt implements AwaitedGreeting.Outcome {
        private final UpstreamAddress address;
        private final AwaitedGreeting greeting =
                new AwaitedGreeting(connector.options().greetingTimeout(), this);

        Attempt(UpstreamAddress address) {
            this.address = address;
        }

        void connected(Channel channel) {
            connector.greeter().sendHeader(channel, origin);
            if (connector.options().tls() != UpstreamTls.IMPLICIT) {
                greeting.begin();
                return;
            }
            Future<Channel> handshake = connector.secure(channel).handshakeFuture();
            handshake.addListener(done -> {
                connector.telemetry().tlsHandshake("upstream", ServerTls.version(channel), handshake.isSuccess());
                if (handshake.isSuccess()) {
                    greeting.begin();
                } else {
                    channel.close();
                    failed("TLS failed: " + LogText.tls(handshake.cause()));
                }
            });
        }

        /** A server that sends clients away may not be the only one; what the last one says is for its client to see. */
        @Override
        public boolean greeted(Channel channel, String obstacle) {
            if (obstacle.isEmpty()) {
                connector.health().worked(address);
            } else if (left.hasNext()) {
                failed(obstacle);
                return false;
            } else {
                connector.health().failed(address, obstacle);
            }
            up(channel, greeting);
            return true;
        }

        @Override
        public void failed(String why) {
            UpstreamAttempt.this.failed(address, why);
        }
    }

    private void up(Channel channel, AwaitedGreeting greeting) {
        Telemetry telemetry = connector.telemetry();
        telemetry.upstreamConnected(role);
        telemetry.upstreamConnectTime(role, System.nanoTime() - begin);
        channel.closeFuture().addListener(closed -> telemetry.upstreamClosed(role));
        channel.pipeline().replace(greeting, "imap", handler);
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
