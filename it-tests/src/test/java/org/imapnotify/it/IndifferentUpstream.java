package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A server for thousands of connections that takes everything, remembers nothing, and answers but a few commands. */
final class IndifferentUpstream implements AutoCloseable {
    private static final String GREETING = "* OK [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n";
    private static final String LONG_LIST = "* CAPABILITY IMAP4rev1 LITERAL+" + " X-LONG".repeat(80) + "\r\n";
    private static final int BACKLOG = 4096;

    /** Octets of a line that are looked at. */
    private static final int SEEN = 2048;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    IndifferentUpstream() {
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Conversation());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Conversation extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            say(ctx, GREETING);
            ctx.flush();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
            while (in.isReadable()) {
                char octet = (char) in.readUnsignedByte();
                if (octet == '\n') {
                    answer(ctx, line.toString());
                    line.setLength(0);
                } else if (line.length() < SEEN) {
                    line.append(octet);
                }
            }
        }

        private static void answer(ChannelHandlerContext ctx, String line) {
            String[] words = line.split(" ", 3);
            if (words.length < 2) {
                return;
            }
            switch (words[1].strip()) {
                case "CAPABILITY" -> say(ctx, LONG_LIST + words[0] + " OK done\r\n");
                case "NOOP", "LOGOUT" -> say(ctx, words[0] + " OK done\r\n");
                case "LOGIN" -> say(ctx, words[2].startsWith("good") ? words[0] + " OK in\r\n" : "");
                default -> {} // for ever
            }
        }

        private static void say(ChannelHandlerContext ctx, String octets) {
            ctx.write(Unpooled.copiedBuffer(octets, ISO_8859_1), ctx.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable reset) {
            ctx.close();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }
    }
}
