package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** The events of a session's upstream channel, handed to its {@link SessionLink}. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    private final SessionLink link;

    UpstreamHandler(SessionLink link) {
        this.link = link;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        link.onUpstreamRead((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        link.onReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        link.onUpstreamWritability();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        link.onUpstreamInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            link.onUpstreamHandshake(handshake);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        link.onUpstreamException(cause);
    }
}
