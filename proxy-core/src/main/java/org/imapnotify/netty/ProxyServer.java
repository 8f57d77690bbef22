package org.imapnotify.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.watch.WatchSettings.Patience;

/** The proxy: listeners, sessions and watchers on a few event loops. Thread-safe. */
public final class ProxyServer {
    /** How long a listener's queue of connections may get that nobody has accepted yet. */
    private static final int BACKLOG = 4096;

    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final List<Channel> listening = new ArrayList<>();
    private volatile boolean draining;

    private ProxyServer(EventLoopGroup loops, ProxyContext context) {
        this.loops = loops;
        this.context = context;
    }

    /**
     * Binds all listeners.
     *
     * @throws IOException when an address cannot be bound; it names the address, and nothing is left open
     * @throws InvalidOptionException when certificates cannot be used, before any port opens
     */
    public static ProxyServer start(ProxyOptions options, Telemetry telemetry) throws IOException {
        Transport transport = Transport.best();
        List<ListenerContext> listeners = options.listeners().stream()
                .map(listener -> new ListenerContext(listener, options))
                .toList();
        UpstreamConnector connector = new UpstreamConnector(
                options.upstream(), transport, UpstreamResolver.of(options.upstream(), transport), telemetry);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("imap"), transport.handlers());
        Accounts accounts = new Accounts(connector, watchSettings(options), loops, telemetry);
        ProxyServer server = new ProxyServer(loops, new ProxyContext(telemetry, connector, accounts));
        for (ListenerContext listener : listeners) {
            server.bind(listener, transport);
        }
        return server;
    }

    private static WatchSettings watchSettings(ProxyOptions options) {
        UpstreamOptions upstream = options.upstream();
        return new WatchSettings(
                new ConnectionSettings(
                        upstream.tls() == UpstreamTls.STARTTLS,
                        upstream.greetingTimeout(),
                        ConnectionSettings.DEFAULT_ANSWER),
                options.watch().pollInterval(),
                options.watch().connections(),
                UpstreamConnector.idleReissue(upstream),
                options.watch().mode() == WatchMode.DEDICATED ? Patience.LONG : Patience.SHORT);
    }

    private void bind(ListenerContext listener, Transport transport) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false) // until the upstream has greeted
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, UpstreamConnector.READS)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UpstreamConnector.WRITES)
                .childHandler(new ClientInitializer(context, listener))
                .bind(listener.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(Duration.ZERO);
            throw new IOException("cannot listen on " + listener.address() + ": "
                    + bound.cause().getMessage());
        }
        listening.add(bound.channel());
    }

    /** Where clients connect, in the order of the options, with the ports that the system chose. */
    public List<InetSocketAddress> imapAddresses() {
        return listening.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /** How many clients are connected. */
    public int sessions() {
        return context.sessions().size();
    }

    /** True once {@link #stop} was called. */
    public boolean draining() {
        return draining;
    }

    /**
     * Takes no new connections, says BYE to every client, gives what was written {@code grace} to go out and ends.
     *
     * @return completes when all threads have ended
     */
    public CompletableFuture<Void> stop(Duration grace) {
        draining = true;
        listening.forEach(Channel::close);
        context.sessions().forEach(SessionLink::shutdown);
        context.accounts().close();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loops.shutdownGracefully(0, Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS)
                .addListener(ended -> stopped.complete(null));
        return stopped;
    }
}
