package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamOutput;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.ResponseAssembler;
import org.jspecify.annotations.Nullable;

/** The channel of one connection of the proxy's own: whole responses in, commands out, one timer. */
final class WatchHandler extends ChannelInboundHandlerAdapter implements UpstreamOutput {
    /** LIST of a thousand mailboxes is a thousand responses; one response is a name and a few numbers. */
    private static final int LARGEST_RESPONSE = 256 * 1024;

    private final UpstreamConnection connection;
    private final UpstreamConnector connector;
    private final String introduction;
    private final ResponseAssembler assembler;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timer;
    private boolean securing;

    WatchHandler(UpstreamConnection connection, UpstreamConnector connector, Optional<Origin> origin) {
        this.connection = connection;
        this.connector = connector;
        this.introduction = connector.greeter().introduction(origin);
        this.assembler = new ResponseAssembler(LARGEST_RESPONSE, connection::onResponse);
    }

    /** The connection stands, implicit TLS included. */
    void connected(Channel open) {
        channel = open;
        connection.onConnected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            assembler.feed(in);
            if (securing && assembler.pending() > 0) { // the beginning of a line counts, too
                fail("data behind the answer to STARTTLS");
            }
        } catch (ProtocolException broken) {
            fail(String.valueOf(broken.getMessage()));
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline(Duration.ZERO);
        connection.onClosed("the server closed the connection");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (securing && event instanceof SslHandshakeCompletionEvent handshake) {
            securing = false;
            if (handshake.isSuccess()) {
                connection.onSecured();
            } else {
                fail("TLS failed: " + LogText.of(handshake.cause()));
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(LogText.of(cause));
    }

    private void fail(String why) {
        connection.onClosed(why);
        close();
    }

    @Override
    public void send(byte[] octets) {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(octets));
        }
    }

    @Override
    public String introduction() {
        return introduction;
    }

    @Override
    public void startTls() {
        if (assembler.pending() > 0) { // NO STARTTLS, USENIX Security 2021: response injection
            fail("data behind the answer to STARTTLS");
        } else if (channel != null) {
            securing = true;
            connector.secure(channel);
        }
    }

    @Override
    public void compress() {
        byte[] rest = assembler.takePending();
        if (channel != null) {
            Consumer<ByteBuf> layer = DeflateHandler.insert(channel);
            if (rest.length > 0) {
                layer.accept(Unpooled.wrappedBuffer(rest));
            }
            connector.compressed("watch");
        }
    }

    @Override
    public void deadline(Duration after) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (!after.isZero() && channel != null) {
            timer = channel.eventLoop().schedule(connection::onDeadline, after.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        deadline(Duration.ZERO);
        if (channel != null) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
