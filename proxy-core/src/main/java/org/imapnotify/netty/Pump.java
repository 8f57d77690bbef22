package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.imapnotify.session.Verdict;
import org.imapnotify.wire.Fragmenter;
import org.jspecify.annotations.Nullable;

/**
 * Moves one direction of a session: cuts what was read into fragments, asks the session about each and passes on what goes on
 * as slices of the read buffer. Neighbours that go on travel as one slice, so that a batch of commands costs one write.
 *
 * <p>What is left unread is bounded: a partial line that the fragmenter holds, or one read behind a held fragment.
 */
final class Pump {
    /** What the session says about a fragment, and that it was consumed. */
    interface Sink {
        Verdict onFragment(ByteBuf in, Fragmenter fragment);

        default void onConsumed() {}
    }

    private final Fragmenter fragmenter;
    private final Sink sink;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private Channel target;
    private int rangeStart;
    private int rangeLength;
    private boolean running;
    private boolean again;
    private boolean held;
    private boolean moved;
    private boolean stopped;
    private @Nullable Consumer<ByteBuf> diverted;

    Pump(Fragmenter fragmenter, Sink sink, Channel target) {
        this.fragmenter = fragmenter;
        this.sink = sink;
        this.target = target;
    }

    /** Where fragments go; the upstream's channel is known later than the client's. */
    void target(Channel channel) {
        target = channel;
    }

    /** True while a fragment waits for the session: then nothing more is to be read. */
    boolean isHeld() {
        return held;
    }

    /** Takes over what was read, and moves what can be moved. */
    void read(ByteBufAllocator allocator, ByteBuf in) {
        if (stopped) {
            in.release();
            return;
        }
        append(allocator, in);
        run(allocator);
    }

    /**
     * Moves what can be moved now; what is called from within is done behind.
     *
     * @return whether anything was moved
     */
    boolean run(ByteBufAllocator allocator) {
        if (running) {
            again = true;
            return false;
        }
        running = true;
        moved = false;
        try {
            do {
                again = false;
                move();
            } while (again && !stopped && diverted == null);
        } finally {
            flushRange();
            running = false;
            compact(allocator);
        }
        divert();
        return moved;
    }

    /** Hands the fragments that go on to the target: before octets that have to stand behind them. */
    void flushRange() {
        if (rangeLength > 0) {
            int length = rangeLength;
            rangeLength = 0;
            target.write(unread.retainedSlice(rangeStart, length), target.voidPromise());
        }
    }

    /**
     * What is unread behind the present fragment is no octets of the conversation yet: a layer below makes such of them and gives
     * them to {@link #read} again. The layer owns them from then on.
     */
    void divertRest(Consumer<ByteBuf> layer) {
        diverted = layer;
    }

    private void divert() {
        Consumer<ByteBuf> layer = diverted;
        if (layer == null) {
            return;
        }
        diverted = null;
        ByteBuf rest = unread;
        unread = Unpooled.EMPTY_BUFFER;
        if (rest.isReadable()) {
            layer.accept(rest);
        } else {
            rest.release();
        }
    }

    /** Nothing is moved any more; what is unread is dropped. */
    void stop() {
        stopped = true;
        if (!running) {
            drop();
        }
    }

    private void move() {
        held = false;
        while (!stopped && diverted == null && unread.isReadable() && fragmenter.next(unread)) {
            Verdict verdict = sink.onFragment(unread, fragmenter);
            if (verdict == Verdict.HOLD) {
                held = true;
                return;
            }
            consume(verdict);
            sink.onConsumed();
        }
    }

    private void consume(Verdict verdict) {
        int length = fragmenter.length();
        if (verdict == Verdict.FORWARD) {
            if (rangeLength == 0) {
                rangeStart = unread.readerIndex();
            }
            rangeLength += length;
        } else {
            flushRange();
        }
        moved = true;
        unread.skipBytes(length);
        fragmenter.consumed();
    }

    private void append(ByteBufAllocator allocator, ByteBuf in) {
        if (!unread.isReadable()) {
            unread.release();
            unread = in;
            return;
        }
        ByteBuf merged = allocator.buffer(unread.readableBytes() + in.readableBytes());
        merged.writeBytes(unread).writeBytes(in);
        unread.release();
        in.release();
        unread = merged;
    }

    /** An idle session keeps no buffer, a partial line no more than it needs. */
    private void compact(ByteBufAllocator allocator) {
        if (stopped || !unread.isReadable()) {
            drop();
        } else if (unread.readableBytes() < unread.capacity() / 4) {
            ByteBuf rest = allocator.buffer(unread.readableBytes()).writeBytes(unread);
            unread.release();
            unread = rest;
        }
    }

    private void drop() {
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
    }
}
