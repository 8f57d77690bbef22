package org.imapnotify.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.UpstreamProfile;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.watch.WatchSettings.Patience;

/** The proxy: listeners, sessions and watchers on a few event loops. Thread-safe. */
public final class ProxyServer {
    /** How long a listener's queue of connections may get that nobody has accepted yet. */
    private static final int BACKLOG = 4096;

    /** For the event loops to close what is still open when the clients have left. */
    private static final Duration LAST_TASKS = Duration.ofSeconds(1);

    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final List<ListenerContext> listeners;
    private final List<Channel> listening = new ArrayList<>();
    private ProxyOptions options;
    private volatile boolean draining;

    private ProxyServer(
            ProxyOptions options, List<ListenerContext> listeners, EventLoopGroup loops, ProxyContext context) {
        this.options = options;
        this.listeners = listeners;
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
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("imap"), transport.handlers());
        WatchPlaces places = new WatchPlaces(telemetry);
        Map<UpstreamOptions, UpstreamService> services = new LinkedHashMap<>();
        for (UpstreamOptions upstream : options.upstreams()) {
            services.put(upstream, service(upstream, options, transport, loops, places, telemetry));
        }
        ProxyServer server = new ProxyServer(options, listeners, loops, new ProxyContext(telemetry, services));
        for (ListenerContext listener : listeners) {
            server.bind(listener, transport);
        }
        server.tellCertificates();
        return server;
    }

    private static UpstreamService service(
            UpstreamOptions upstream,
            ProxyOptions options,
            Transport transport,
            EventLoopGroup loops,
            WatchPlaces places,
            Telemetry telemetry) {
        UpstreamConnector connector =
                new UpstreamConnector(upstream, transport, UpstreamResolver.of(upstream, transport), telemetry);
        UpstreamLimits limits = new UpstreamLimits(
                options.watch().budget(), places, upstream.addresses().get(0).toString(), telemetry);
        Accounts accounts = new Accounts(connector, limits, watchSettings(options, connector), loops, telemetry);
        return new UpstreamService(upstream, connector, limits, accounts);
    }

    private static WatchSettings watchSettings(ProxyOptions options, UpstreamConnector connector) {
        UpstreamOptions upstream = connector.options();
        return new WatchSettings(
                new ConnectionSettings(
                        upstream.tls() == UpstreamTls.STARTTLS,
                        upstream.greetingTimeout(),
                        ConnectionSettings.DEFAULT_ANSWER,
                        upstream.extras().compress(),
                        new UpstreamProfile(upstream.extras().quirks(), connector.pipelining())),
                options.watch().intervals().toWatch(),
                options.watch().connections(),
                UpstreamConnector.idleReissue(upstream),
                options.watch().mode() == WatchMode.DEDICATED ? Patience.LONG : Patience.SHORT,
                options.watch().budget().accountCommands());
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
                .childHandler(new ClientInitializer(context, listener))
                .bind(listener.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(Duration.ZERO);
            throw new IOException(
                    "cannot listen on " + LogText.of(listener.address()) + ": " + LogText.reason(bound.cause()));
        }
        listening.add(bound.channel());
    }

    /** Where clients connect, in the order of the options, with the ports that the system chose. */
    public List<InetSocketAddress> imapAddresses() {
        return listening.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    private void tellCertificates() {
        for (ListenerContext listener : listeners) {
            listener.notAfter().ifPresent(at -> context.telemetry().certificate(listener.name(), at));
        }
    }

    /**
     * Takes new options and reads the certificates again, for sessions and watchers that begin from now on; those there are go on
     * as they are.
     *
     * @throws InvalidOptionException when they cannot be used or need a restart; then nothing has changed
     */
    public synchronized void reconfigure(ProxyOptions fresh) {
        Reload.check(options, fresh);
        List<Runnable> prepared = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            prepared.add(listeners.get(i).prepare(fresh.listeners().get(i), fresh));
        }
        prepared.forEach(Runnable::run);
        context.services().forEach(service -> {
            service.limits().configure(fresh.watch().budget());
            service.accounts().settings(watchSettings(fresh, service.connector()));
        });
        options = fresh;
        tellCertificates();
    }

    /** True when every event loop takes its turn within this time; one that does not serves nobody. Blocks. */
    public boolean responsive(Duration patience) {
        CountDownLatch answers = new CountDownLatch(loopCount());
        try {
            loops.forEach(loop -> loop.execute(answers::countDown));
            return answers.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What waits for its turn on all event loops together; for a moment only, unless they cannot keep up. */
    public int pendingTasks() {
        return StreamSupport.stream(loops.spliterator(), false)
                .mapToInt(loop -> loop instanceof SingleThreadEventExecutor single ? single.pendingTasks() : 0)
                .sum();
    }

    private int loopCount() {
        return (int) StreamSupport.stream(loops.spliterator(), false).count();
    }

    /** What goes on now. Blocks for at most this time for accounts whose event loop is slow to answer, and leaves those out. */
    public ProxyStatus status(Duration patience) {
        return new ProxyStatus(
                context.sessions().stream().map(SessionLink::status).toList(), accounts(patience));
    }

    private List<ProxyStatus.Account> accounts(Duration patience) {
        return context.services().stream()
                .flatMap(service -> service.accounts().status(patience).stream())
                .toList();
    }

    /** What an operator may do to single users. */
    public Operations operations() {
        return new Operations(context);
    }

    /** How many clients are connected. */
    public int sessions() {
        return context.sessions().size();
    }

    /** True once {@link #drain} or {@link #stop} was called. */
    public boolean draining() {
        return draining;
    }

    /**
     * Sends the clients away little by little, each with a BYE, and then stops. {@link #stop} may be called meanwhile.
     *
     * @param grace for what was written to go out
     * @return completes when all threads have ended
     */
    public CompletableFuture<Void> drain(DrainOptions drain, Duration grace) {
        draining = true;
        CompletableFuture<Void> refused = new CompletableFuture<>();
        loops.schedule(
                () -> {
                    listening.forEach(Channel::close);
                    refused.complete(null);
                },
                drain.delay().toMillis(),
                TimeUnit.MILLISECONDS);
        return refused.thenCompose(closed -> Drain.run(context, loops, drain, grace))
                .thenCompose(gone -> stop(grace));
    }

    /**
     * Takes no new connections, says BYE to every client, and ends when all have left or the grace is over.
     *
     * @return completes when all threads have ended
     */
    public CompletableFuture<Void> stop(Duration grace) {
        draining = true;
        listening.forEach(Channel::close);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        context.close().thenRun(() -> gone.complete(null));
        if (!loops.isShuttingDown()) {
            context.sessions().forEach(SessionLink::shutdown);
            loops.schedule(() -> gone.complete(null), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
        return gone.thenCompose(left -> end());
    }

    private CompletableFuture<Void> end() {
        context.services().forEach(service -> service.accounts().close());
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loops.shutdownGracefully(0, LAST_TASKS.toMillis(), TimeUnit.MILLISECONDS)
                .addListener(done -> ended.complete(null));
        return ended;
    }
}
