package org.imapnotify.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
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

    /** Told once how the attempt ended: with a channel, or without one and why. */
    interface Opened {
        void opened(@Nullable Channel channel, String why);
    }

    private final UpstreamOptions options;
    private final UpstreamGreeter greeter;
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

    /** How old an IDLE may get at this upstream: remote providers and NATs forget silent connections after ten minutes. */
    static Duration idleReissue(UpstreamOptions options) {
        boolean local = options.host().equals("localhost")
                || options.host().startsWith("127.")
                || options.host().equals("::1");
        return local ? Duration.ofMinutes(28) : Duration.ofMinutes(9);
    }

    /**
     * @param role {@code session} or {@code watch}, for metrics
     * @param origin on whose behalf
     */
    void connect(EventLoop loop, String role, Optional<Origin> origin, ChannelHandler handler, Opened opened) {
        long begin = System.nanoTime();
        ChannelFuture connecting = bootstrap(loop)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast("imap", handler);
                    }
                })
                .connect(options.host(), options.port());
        connecting.addListener(done -> {
            if (!connecting.isSuccess()) {
                failed(role, connecting.cause(), opened);
                return;
            }
            greeter.sendHeader(connecting.channel(), origin);
            if (options.tls() == UpstreamTls.IMPLICIT) {
                handshake(role, begin, connecting.channel(), opened);
            } else {
                up(role, begin, connecting.channel(), opened);
            }
        });
    }

    private void handshake(String role, long begin, Channel channel, Opened opened) {
        Future<Channel> handshake = secure(channel).handshakeFuture();
        handshake.addListener(done -> {
            telemetry.tlsHandshake("upstream", ServerTls.version(channel), handshake.isSuccess());
            if (handshake.isSuccess()) {
                up(role, begin, channel, opened);
            } else {
                channel.close();
                failed(role, handshake.cause(), opened);
            }
        });
    }

    /** COMPRESS came into force on a connection of this role. */
    void compressed(String role) {
        telemetry.compressed(role);
    }

    private Bootstrap bootstrap(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(transport.channel())
                .resolver(resolver)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITES);
    }

    private void up(String role, long begin, Channel channel, Opened opened) {
        telemetry.upstreamConnected(role);
        telemetry.upstreamConnectTime(role, System.nanoTime() - begin);
        channel.closeFuture().addListener(closed -> telemetry.upstreamClosed(role));
        opened.opened(channel, "");
        channel.config().setAutoRead(true);
    }

    private void failed(String role, Throwable cause, Opened opened) {
        telemetry.upstreamConnectFailed(role);
        opened.opened(null, "the mail server cannot be reached: " + LogText.reason(cause));
    }

    /** Begins TLS with a connected upstream; its certificate has to be valid and made out to the configured host. */
    SslHandler secure(Channel channel) {
        if (tls == null) {
            throw new IllegalStateException("TLS with an upstream that has none");
        }
        SslHandler handler = tls.newHandler(channel.alloc(), options.host(), options.port());
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
