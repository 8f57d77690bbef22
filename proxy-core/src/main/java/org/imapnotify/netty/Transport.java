package org.imapnotify.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How sockets are driven: epoll where its native part loads, Java NIO otherwise. */
enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDatagramChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioDatagramChannel.class);

    static final int SILENT_SECONDS = 60;
    static final int GONE_SECONDS = 120;
    private static final int PROBE_SECONDS = 15;
    private static final int PROBES = 4;

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> channel;
    private final Class<? extends DatagramChannel> datagramChannel;

    Transport(
            Class<? extends ServerChannel> serverChannel,
            Class<? extends SocketChannel> channel,
            Class<? extends DatagramChannel> datagramChannel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
        this.datagramChannel = datagramChannel;
    }

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory handlers() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /**
     * Has the kernel find out about a peer that is gone without a word: after {@link #SILENT_SECONDS} of silence it is asked, and after
     * {@link #GONE_SECONDS} without any acknowledgement the connection is over. A peer that merely thinks for long is left alone.
     */
    void noticeLoss(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
        if (this == EPOLL) {
            bootstrap
                    .option(EpollChannelOption.TCP_KEEPIDLE, SILENT_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPINTVL, PROBE_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPCNT, PROBES)
                    .option(EpollChannelOption.TCP_USER_TIMEOUT, GONE_SECONDS * 1000);
        }
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    Class<? extends SocketChannel> channel() {
        return channel;
    }

    /** For questions to name servers. */
    Class<? extends DatagramChannel> datagramChannel() {
        return datagramChannel;
    }
}
