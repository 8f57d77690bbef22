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
        ClientMemory.bound(channel);
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

    /** Who the client is, is known: what it costs is not spent on those who are too many. */
    private void begin(Channel channel, Origin origin) {
        context.limits()
                .admit(
                        listener.front().limits(),
                        origin.client(),
                        why -> context.turnedAway().say(channel, listener, origin, why))
                .ifPresent(left -> {
                    channel.closeFuture().addListener(closed -> left.run());
                    secure(channel, origin);
                });
    }

    private void secure(Channel channel, Origin origin) {
        Sites sites = listener.sites();
        if (!listener.implicitTls()) {
            serve(channel, origin, sites.others());
        } else if (sites.areSeveral()) {
            channel.pipeline().addLast("tls", new SiteHandler(sites, site -> serve(channel, origin, site)));
            channel.pipeline().addLast(NobodyYet.NAME, new NobodyYet());
        } else {
            channel.pipeline()
                    .addLast("tls", ServerTls.handler(channel, sites.others().certificate()));
            serve(channel, origin, sites.others());
        }
    }

    private void serve(Channel channel, Origin origin, Site site) {
        if (context.isClosed()) { // it was in the listener's queue
            context.telemetry().connectionRejected("draining");
            channel.close();
            return;
        }
        SessionLink link = new SessionLink(channel, origin, context.service(site.upstream()), context, listener);
        context.sessions().add(link);
        channel.closeFuture().addListener(closed -> context.left(link));
        if (channel.pipeline().get(NobodyYet.NAME) != null) {
            channel.pipeline().remove(NobodyYet.NAME);
        }
        channel.pipeline().addLast("imap", new SideHandler(link.client()));
        link.start();
    }
}
