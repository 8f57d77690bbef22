package org.imapnotify.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Keeps the place of the handler that will serve a channel until it is known who that is; a channel that fails before is closed. */
final class NobodyYet extends ChannelInboundHandlerAdapter {
    static final String NAME = "nobody-yet";

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
