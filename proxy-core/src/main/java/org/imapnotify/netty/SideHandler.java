package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import org.imapnotify.wire.ProtocolException;

/** The events of one of a session's two channels, handed to its side of the {@link SessionLink}. */
final class SideHandler extends ChannelInboundHandlerAdapter {
    /** The client's side of a session, or the upstream's. */
    interface Side {
        void onRead(ByteBuf in);

        void onReadComplete();

        void onWritability();

        void onHandshake(SslHandshakeCompletionEvent handshake);

        void onInactive();

        /** This side broke the protocol. */
        void onBroken(ProtocolException broken);

        void onFault(Throwable cause);
    }

    private final Side side;

    SideHandler(Side side) {
        this.side = side;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        side.onRead((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        side.onReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        side.onWritability();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        side.onInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            side.onHandshake(handshake);
        }
    }

    /** A reset is a close; anything else is unknown to the handlers and so the proxy's fault. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            side.onInactive();
        } else if (cause instanceof ProtocolException broken) {
            side.onBroken(broken);
        } else {
            side.onFault(cause);
        }
    }
}
