package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNotifyTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Test
    void datagramsArriveAtTheSocketThatIsNamed(@TempDir Path directory) throws Exception {
        assumeTrue(Epoll.isAvailable());
        String path = directory.resolve("notify").toString();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Channel socket = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new Receiver())
                .bind(new DomainSocketAddress(path))
                .sync()
                .channel();
        try (SystemdNotify systemd = SystemdNotify.connect(path)) {
            systemd.send("READY=1\nSTATUS=listening");
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1\nSTATUS=listening");
            systemd.watchdog(Duration.ofMillis(20), () -> true);
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
        } finally {
            socket.close().sync();
            loop.shutdownGracefully();
        }
    }

    @Test
    void aSocketThatIsNotThereIsNamed(@TempDir Path directory) {
        assumeTrue(Epoll.isAvailable());
        String path = directory.resolve("none").toString();
        assertThatThrownBy(() -> SystemdNotify.connect(path))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("NOTIFY_SOCKET", path);
    }

    private final class Receiver extends SimpleChannelInboundHandler<DomainDatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket packet) {
            received.add(packet.content().toString(StandardCharsets.UTF_8));
        }
    }
}
