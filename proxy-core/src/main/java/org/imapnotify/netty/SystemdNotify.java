package org.imapnotify.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tells systemd how the service fares, see sd_notify(3): datagrams to the socket that {@code NOTIFY_SOCKET} names. */
public final class SystemdNotify implements AutoCloseable {
    private final EventLoopGroup loop;
    private final Channel channel;

    private SystemdNotify(EventLoopGroup loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    /**
     * Opens the socket.
     *
     * @param socket a path; an {@code @} in front means a name in the abstract namespace
     */
    public static SystemdNotify connect(String socket) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("datagrams to NOTIFY_SOCKET need the epoll transport");
        }
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("systemd", true), EpollIoHandler.newFactory());
        String path = socket.startsWith("@") ? "\0" + socket.substring(1) : socket;
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException("NOTIFY_SOCKET " + socket + ": " + LogText.reason(connected.cause()));
        }
        return new SystemdNotify(loop, connected.channel());
    }

    /** Sends {@code VARIABLE=VALUE} lines; whether systemd takes them is its own affair. */
    public void send(String state) {
        channel.writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8))
                .awaitUninterruptibly();
    }

    /** Sends {@code WATCHDOG=1} twice within this time for as long as the service is well; systemd restarts it otherwise. */
    public void watchdog(Duration timeout, BooleanSupplier well) {
        long half = timeout.toMillis() / 2;
        loop.scheduleAtFixedRate(
                () -> {
                    if (well.getAsBoolean()) {
                        channel.writeAndFlush(Unpooled.copiedBuffer("WATCHDOG=1", StandardCharsets.UTF_8));
                    }
                },
                half,
                half,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
