package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HopTest {
    private final DefaultEventLoop loop = new DefaultEventLoop();

    @Test
    void runsThereAndNothingWhereTheLoopHasEnded() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Hop.to(loop, ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();

        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
        AtomicBoolean late = new AtomicBoolean();
        Hop.to(loop, () -> late.set(true));
        assertThat(late).isFalse();
    }
}
