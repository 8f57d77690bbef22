package org.imapnotify.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the PROXY header that a trusted load balancer begins with, hands it on and leaves. Without one nobody is served. */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyHeaderHandler.class);

    /** The protocol's text asks for three seconds at least, so that one lost packet does no harm. */
    static final long SECONDS = 5;

    /** What is said besides addresses: certificates' names, ids; HAProxy sends a few hundred octets at most. */
    private static final int LARGEST_EXTENSIONS = 4096;

    private final Telemetry telemetry;
    private final Consumer<HAProxyMessage> header;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean refused;

    private ProxyHeaderHandler(Telemetry telemetry, Consumer<HAProxyMessage> header) {
        this.telemetry = telemetry;
        this.header = header;
    }

    /** @param header told once; what it adds to the pipeline gets what comes behind the header */
    static void await(ChannelPipeline pipeline, Telemetry telemetry, Consumer<HAProxyMessage> header) {
        pipeline.addLast("proxy-header", new HAProxyMessageDecoder(LARGEST_EXTENSIONS));
        pipeline.addLast("proxy-header-end", new ProxyHeaderHandler(telemetry, header));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timeout = ctx.executor().schedule(() -> refuse(ctx, "none came"), SECONDS, TimeUnit.SECONDS);
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HAProxyMessage read = (HAProxyMessage) message;
        try {
            forgetTimeout();
            ctx.channel().config().setAutoRead(false);
            ctx.pipeline().remove(this);
            header.accept(read);
        } finally {
            read.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        forgetTimeout(); // a load balancer that looks whether the port is open
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            refuse(ctx, LogText.of(cause.getCause() == null ? cause : cause.getCause()));
        } else {
            forgetTimeout();
            ctx.close();
        }
    }

    private void refuse(ChannelHandlerContext ctx, String why) {
        forgetTimeout();
        if (!refused) { // the decoder may complain again about the rest
            refused = true;
            refused(telemetry, Origin.of(ctx.channel(), ""), why);
            ctx.close();
        }
    }

    static void refused(Telemetry telemetry, Origin peer, String why) {
        telemetry.connectionRejected("proxy-header");
        LOGGER.atWarn()
                .addKeyValue("client", LogText.of(peer.client()))
                .addKeyValue("cause", why)
                .log("no PROXY header to believe, connection closed");
    }

    private void forgetTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
