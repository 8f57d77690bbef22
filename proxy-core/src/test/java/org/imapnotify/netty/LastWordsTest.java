package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    /** A peer that does not read: nothing that is written is ever done. */
    private static final class Deaf extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }

    @Test
    void closesBehindWhatWasWritten() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.write(Unpooled.copyShort(1));
        LastWords.closeBehind(channel);
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.outboundMessages()).hasSize(2);
        channel.releaseOutbound();
    }

    @Test
    void doesNotWaitForEverForAPeerThatDoesNotRead() {
        EmbeddedChannel channel = new EmbeddedChannel(new Deaf());
        channel.freezeTime();
        LastWords.closeBehind(channel);
        channel.advanceTimeBy(LastWords.SECONDS - 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}
