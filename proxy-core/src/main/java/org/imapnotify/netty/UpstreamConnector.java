package org.imapnotify.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to the upstream, for sessions and for watchers alike. */
final class UpstreamConnector {
    /** Bulk transfers read so much at a time that system calls are few and the octets still are in the caches when written. */
    static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(512, 2048, 128 * 1024);

    static final WriteBufferWaterMark WRITES = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private static final AttributeKey<UpstreamAddress> ADDRESS = AttributeKey.valueOf("upstream");

    /** Told once how the attempt ended: with a channel, or without one and why. */
    interface Opened {
        void opened(@Nullable Channel channel, String why);
    }

    private final UpstreamOptions options;
    private final UpstreamGreeter greeter;
    private final UpstreamHealth health;
    private final SeenPipelining pipelining;
    private final Transport transport;
    private final Telemetry telemetry;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final @Nullable SslContext tls;

    UpstreamConnector(
            UpstreamOptions options,
            Transport transport,
            AddressResolverGroup<InetSocketAddress> resolver,
            Telemetry telemetry) {
        this.options = options;
        this.greeter = new UpstreamGreeter(options.extras());
        this.health = new UpstreamHealth(options.addresses(), options.failover(), System::nanoTime, telemetry);
        this.pipelining = new SeenPipelining(options);
        this.transport = transport;
        this.telemetry = telemetry;
        this.resolver = resolver;
        this.tls = options.tls() == UpstreamTls.PLAIN
                ? null
                : context(options.caPem().orElse(null));
    }

    /** Tells the upstream who a connection is for. */
    UpstreamGreeter greeter() {
        return greeter;
    }

    UpstreamOptions options() {
        return options;
    }

    /** What was seen of it by the accounts. */
    SeenPipelining pipelining() {
        return pipelining;
    }

    UpstreamHealth health() {
        return health;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** How old an IDLE may get at this upstream: remote providers and NATs forget silent connections after ten minutes. */
    static Duration idleReissue(UpstreamOptions options) {
        boolean local = options.addresses().stream().allMatch(UpstreamAddress::isLocal);
        return local ? Duration.ofMinutes(28) : Duration.ofMinutes(9);
    }

    /**
     * Tries the addresses that are fit, until one works.
     *
     * @param role {@code session} or {@code watch}, for metrics
     * @param origin on whose behalf
     */
    void connect(EventLoop loop, String role, Optional<Origin> origin, ChannelHandler handler, Opened opened) {
        new UpstreamAttempt(this, loop, role, origin, handler, opened).start();
    }

    /** One address; nothing is read before TLS begins or the greeting is waited for. */
    ChannelFuture open(EventLoop loop, UpstreamAddress address, AwaitedGreeting greeting) {
        Bootstrap bootstrap = bootstrap(loop).attr(ADDRESS, address).handler(greeting);
        InetAddress ip = NetUtil.createInetAddressFromIpAddressString(address.host());
        return ip == null
                ? bootstrap.connect(address.host(), address.port())
                : bootstrap.connect(new InetSocketAddress(ip, address.port()));
    }

    /** COMPRESS came into force on a connection of this role. */
    void compressed(String role) {
        telemetry.compressed(role);
    }

    private Bootstrap bootstrap(EventLoop loop) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel())
                .resolver(resolver)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITES);
        transport.noticeLoss(bootstrap);
        return bootstrap;
    }

    /** Begins TLS with a connected upstream; its certificate has to be valid and made out to the configured host. */
    SslHandler secure(Channel channel) {
        if (tls == null) {
            throw new IllegalStateException("TLS with an upstream that has none");
        }
        UpstreamAddress address = channel.attr(ADDRESS).get();
        SslHandler handler = tls.newHandler(channel.alloc(), address.host(), address.port());
        handler.setHandshakeTimeout(ServerTls.HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addFirst("tls", handler);
        channel.config().setAutoRead(true);
        return handler;
    }

    private static SslContext context(@Nullable Path caPem) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .protocols(ServerTls.PROTOCOLS)
                    .endpointIdentificationAlgorithm("HTTPS"); // RFC 7817: DNS-ID of the configured name
            if (caPem != null) {
                builder.trustManager(UpstreamTrust.with(caPem));
            }
            return builder.build();
        } catch (IOException | GeneralSecurityException unusable) {
            throw new InvalidOptionException(
                    "upstream-ca", String.valueOf(caPem), "a file of PEM certificates (" + unusable.getMessage() + ")");
        }
    }
}
