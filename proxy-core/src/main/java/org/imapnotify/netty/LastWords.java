package org.imapnotify.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Closes a channel behind what was written to it, which a peer that has stopped reading cannot put off for ever. */
final class LastWords {
    /** As long as the rest of a large message may take over a bad line: whoever reads at all has taken it by then. */
    static final long SECONDS = 60;

    private LastWords() {}

    static void closeBehind(Channel channel) {
        ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (!written.isDone()) {
            Future<?> late = channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> late.cancel(false));
        }
    }
}
