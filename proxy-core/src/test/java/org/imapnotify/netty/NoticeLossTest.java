package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The kernel has taken what it is told, so a machine that is gone without a word ends its connections within two minutes. */
class NoticeLossTest {
    @Test
    void connectionsToTheUpstreamAreProbed() {
        Transport transport = Transport.best();
        Assumptions.assumeTrue(transport == Transport.EPOLL, "Linux only");
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        try (TinyUpstream upstream = new TinyUpstream()) {
            Bootstrap bootstrap =
                    new Bootstrap().group(loop).channel(transport.channel()).handler(new NobodyYet());
            transport.noticeLoss(bootstrap);
            Channel channel = bootstrap
                    .connect(InetAddress.getLoopbackAddress(), upstream.port())
                    .syncUninterruptibly()
                    .channel();
            assertThat(channel.config().getOption(EpollChannelOption.SO_KEEPALIVE))
                    .isTrue();
            int idle = channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE);
            int between = channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL);
            int probes = channel.config().getOption(EpollChannelOption.TCP_KEEPCNT);
            assertThat(idle).isEqualTo(Transport.SILENT_SECONDS);
            assertThat(idle + between * probes).isLessThanOrEqualTo(Transport.GONE_SECONDS);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
                    .isEqualTo(Transport.GONE_SECONDS * 1000);
            channel.close().syncUninterruptibly();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
