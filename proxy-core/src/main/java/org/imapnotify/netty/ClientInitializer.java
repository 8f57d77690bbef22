package org.imapnotify.netty;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/** The pipeline of a client: TLS where the listener begins with it, then the session. */
final class ClientInitializer extends ChannelInitializer<SocketChannel> {
    private final ProxyContext context;
    private final ListenerContext listener;

    ClientInitializer(ProxyContext context, ListenerContext listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (context.isClosed()) { // it was in the listener's queue
            context.telemetry().connectionRejected("draining");
            channel.close();
            return;
        }
        SessionLink link = new SessionLink(channel, context, listener);
        context.sessions().add(link);
        channel.closeFuture().addListener(closed -> context.left(link));
        if (listener.implicitTls()) {
            channel.pipeline().addLast("tls", ServerTls.handler(channel, listener));
        }
        channel.pipeline().addLast("imap", new SideHandler(link.client()));
        link.start();
    }
}
