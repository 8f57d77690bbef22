package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.imapnotify.wire.ProtocolException;

/**
 * DEFLATE without header (RFC 1951) between a channel, with its TLS, and who converses over it, as COMPRESS (RFC 4978) has it.
 *
 * <p>Out: each flush ends in a sync flush, so that a batch is readable as a whole and costs one. In: what was read is inflated a
 * chunk at a time, and after each chunk only while the channel's auto-read says that more is wanted. So a stream that inflates a
 * thousandfold takes no more memory than any other: one read of it waits here, and one chunk more is with who is slow.
 */
final class DeflateHandler extends ChannelDuplexHandler {
    /** Octets inflated at once, as much as a side may have unwritten before it is not writable. */
    static final int CHUNK = 64 * 1024;

    private static final String NAME = "deflate";
    private static final int SMALLEST = 512;

    private final Inflater inflater = new Inflater(true);

    /** RFC 4978 section 4: the setting that takes least of the processor brings responses to 25 to 40% already. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private ByteBuf compressed = Unpooled.EMPTY_BUFFER;
    private boolean inflating;
    private boolean waiting;
    private boolean unflushed;
    private boolean closed;

    /**
     * Puts it in front of the handler called {@code imap}: what was written before goes out as it is.
     *
     * @return takes octets that were read already and are compressed; they are its own then
     */
    static Consumer<ByteBuf> insert(Channel channel) {
        DeflateHandler handler = new DeflateHandler();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore("imap", NAME, handler);
        ChannelHandlerContext ctx = pipeline.context(handler);
        return octets -> handler.later(ctx, octets);
    }

    /** Not at once: whoever gives these is in the middle of an event, at whose end reads are steered. */
    private void later(ChannelHandlerContext ctx, ByteBuf octets) {
        append(ctx, octets);
        inflateLater(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        append(ctx, (ByteBuf) message);
        if (!inflating && !waiting) {
            inflate(ctx);
        }
    }

    private void append(ChannelHandlerContext ctx, ByteBuf in) {
        if (closed) {
            in.release();
        } else if (!compressed.isReadable()) {
            compressed.release();
            compressed = in;
        } else {
            ByteBuf both = ctx.alloc().buffer(compressed.readableBytes() + in.readableBytes());
            both.writeBytes(compressed).writeBytes(in);
            compressed.release();
            in.release();
            compressed = both;
        }
    }

    private void inflate(ChannelHandlerContext ctx) {
        inflating = true;
        waiting = false;
        try {
            while (!closed && chunk(ctx)) {
                ctx.fireChannelReadComplete(); // whoever is behind decides whether reading goes on
                if (!ctx.channel().config().isAutoRead()) {
                    waiting = true;
                    return;
                }
            }
        } catch (DataFormatException broken) {
            ctx.fireExceptionCaught(new ProtocolException("the compressed stream is damaged"));
        } finally {
            inflating = false;
        }
    }

    /** Whether there may be more where this came from. */
    private boolean chunk(ChannelHandlerContext ctx) throws DataFormatException {
        if (inflater.finished() && compressed.isReadable()) {
            throw new DataFormatException("octets behind the end");
        }
        int before = compressed.readableBytes();
        ByteBuf out = ctx.alloc().buffer(Math.max(SMALLEST, (int) Math.min(CHUNK, before * 4L)));
        try {
            inflateInto(out);
        } catch (DataFormatException broken) {
            out.release();
            throw broken;
        }
        boolean full = !out.isWritable();
        if (!full && compressed.isReadable() && compressed.readableBytes() == before && !out.isReadable()) {
            out.release();
            throw new DataFormatException("no progress");
        }
        deliver(ctx, out);
        return full || compressed.isReadable();
    }

    private void inflateInto(ByteBuf out) throws DataFormatException {
        ByteBuffer input = compressed.nioBuffer();
        int begin = input.position();
        inflater.setInput(input);
        int length = inflater.inflate(out.nioBuffer(0, out.capacity()));
        compressed.skipBytes(input.position() - begin);
        out.setIndex(0, length);
        if (!compressed.isReadable()) {
            compressed.release();
            compressed = Unpooled.EMPTY_BUFFER;
        }
    }

    private static void deliver(ChannelHandlerContext ctx, ByteBuf out) {
        if (out.isReadable()) {
            ctx.fireChannelRead(out);
        } else {
            out.release();
        }
    }

    /** More is wanted: first what is here, later what the channel has. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (waiting) {
            inflateLater(ctx);
        } else {
            ctx.read();
        }
    }

    private void inflateLater(ChannelHandlerContext ctx) {
        if (!inflating) {
            inflating = true; // from now on, for what is read meanwhile
            ctx.executor().execute(() -> resume(ctx));
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        inflate(ctx);
        if (!waiting && !closed) {
            ctx.fireChannelReadComplete();
            if (ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (in.isReadable()) {
                deflater.setInput(in.nioBuffer());
                deflate(ctx, Deflater.NO_FLUSH, in.readableBytes());
                unflushed = true;
            } else {
                sync(ctx);
            }
        } finally {
            in.release();
        }
        if (!promise.isVoid()) { // done when all in front of it is
            ctx.write(Unpooled.EMPTY_BUFFER, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        sync(ctx);
        ctx.flush();
    }

    private void sync(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            deflate(ctx, Deflater.SYNC_FLUSH, 0);
        }
    }

    private void deflate(ChannelHandlerContext ctx, int mode, int expected) {
        boolean more = true;
        while (more) {
            ByteBuf out = ctx.alloc().buffer(Math.max(4 * SMALLEST, Math.min(CHUNK, expected)));
            int length = deflater.deflate(out.nioBuffer(0, out.capacity()), mode);
            more = length == out.capacity();
            out.setIndex(0, length);
            if (length > 0) {
                ctx.write(out, ctx.voidPromise());
            } else {
                out.release();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        closed = true;
        inflater.end();
        deflater.end();
        compressed.release();
        compressed = Unpooled.EMPTY_BUFFER;
    }
}
