package org.imapnotify.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for the name that the client asks for, gives its place to TLS with that name's certificate, and tells whose client it is. */
final class SiteHandler extends AbstractSniHandler<Site> {
    private final Sites sites;
    private final Consumer<Site> chosen;

    SiteHandler(Sites sites, Consumer<Site> chosen) {
        super(ServerTls.LARGEST_HELLO, TimeUnit.SECONDS.toMillis(ServerTls.HANDSHAKE_SECONDS));
        this.sites = sites;
        this.chosen = chosen;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    protected Future<Site> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
        return ctx.executor()
                .newSucceededFuture(
                        hostname == null ? sites.others() : sites.byName().map(hostname));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String hostname, Future<Site> found) {
        Site site = found.getNow();
        ctx.channel().config().setAutoRead(false);
        chosen.accept(site); // whoever speaks behind TLS has to be there before it does
        ctx.pipeline().replace(this, "tls", ServerTls.handler(ctx.channel(), site.certificate()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // no TLS: nobody knows yet who would be told
    }
}
