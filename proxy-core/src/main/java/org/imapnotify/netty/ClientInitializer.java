package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/** The pipeline of a client: a PROXY header where the listener wants one, TLS where it begins with it, then the session. */
final class ClientInitializer extends ChannelInitializer<SocketChannel> {
    private final ProxyContext context;
    private final ListenerContext listener;

    ClientInitializer(ProxyContext context, ListenerContext listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        Origin peer = Origin.of(channel, context.newSessionId());
        ProxyHeaderOptions header = listener.front().proxyHeader();
        if (header.use() == ProxyHeaderUse.OFF) {
            begin(channel, peer);
        } else if (header.isTrusted(peer.client())) {
            ProxyHeaderHandler.await(
                    channel.pipeline(),
                    context.telemetry(),
                    read -> begin(channel, Origin.of(read, channel, peer.session())));
        } else if (header.use() == ProxyHeaderUse.ALLOWED) {
            begin(channel, peer);
        } else {
            ProxyHeaderHandler.refused(context.telemetry(), peer, "the address is not trusted");
            channel.close();
        }
    }

    private void begin(Channel channel, Origin origin) {
        if (context.isClosed()) { // it was in the listener's queue
            context.telemetry().connectionRejected("draining");
            channel.close();
            return;
        }
        SessionLink link = new SessionLink(channel, origin, context, listener);
        context.sessions().add(link);
        channel.closeFuture().addListener(closed -> context.left(link));
        if (listener.implicitTls()) {
            channel.pipeline().addLast("tls", ServerTls.handler(channel, listener));
        }
        channel.pipeline().addLast("imap", new SideHandler(link.client()));
        link.start();
    }
}
