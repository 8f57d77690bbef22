package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much memory the channel of one client may take: little before the login, as there may be many such clients and each may be after
 * the memory; as much as bulk transfers need behind it.
 */
final class ClientMemory implements RecvByteBufAllocator {
    private static final int READ_BEFORE_LOGIN = 16 * 1024;
    private static final WriteBufferWaterMark WRITES_BEFORE_LOGIN = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

    private boolean known;

    private ClientMemory() {}

    /** Of a channel that nothing was read from. */
    static void bound(Channel channel) {
        channel.config().setRecvByteBufAllocator(new ClientMemory());
        channel.config().setWriteBufferWaterMark(WRITES_BEFORE_LOGIN);
    }

    /** The client has logged in, or is nobody again. */
    static void known(Channel channel, boolean known) {
        if (channel.config().getRecvByteBufAllocator() instanceof ClientMemory memory) {
            memory.known = known;
        }
        channel.config().setWriteBufferWaterMark(known ? UpstreamConnector.WRITES : WRITES_BEFORE_LOGIN);
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to decide it while the channel is in use: it asks for a handle once
    public Handle newHandle() {
        return new Reads((ExtendedHandle) UpstreamConnector.READS.newHandle());
    }

    @SuppressWarnings("deprecation")
    private final class Reads extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle adaptive;

        Reads(ExtendedHandle adaptive) {
            super(adaptive);
            this.adaptive = adaptive;
        }

        @Override
        public int guess() {
            return known ? adaptive.guess() : Math.min(READ_BEFORE_LOGIN, adaptive.guess());
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return adaptive.continueReading(maybeMore);
        }
    }
}
