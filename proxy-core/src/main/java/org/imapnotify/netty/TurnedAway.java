package org.imapnotify.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients why they are not served, and the log, which is not written full by those who come too often. Thread-safe. */
final class TurnedAway {
    private static final Logger LOGGER = LoggerFactory.getLogger(TurnedAway.class);
    private static final long LOG_EVERY = TimeUnit.SECONDS.toNanos(10);

    /** With TLS a BYE costs a handshake: so many clients at a time may have that, the others are closed without a word. */
    private static final int MOST_HANDSHAKES = 64;

    private final Telemetry telemetry;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Map<Refusal, Count> counts = new EnumMap<>(Refusal.class);

    /** How many of a kind the log has not told yet, and when it may. */
    private record Count(AtomicLong next, AtomicLong silent) {}

    TurnedAway(Telemetry telemetry) {
        this.telemetry = telemetry;
        for (Refusal why : Refusal.values()) {
            counts.put(why, new Count(new AtomicLong(System.nanoTime()), new AtomicLong()));
        }
    }

    void say(Channel channel, ListenerContext listener, Origin client, Refusal why) {
        telemetry.connectionRejected(why.reason());
        log(client, why);
        channel.pipeline().addLast(NobodyYet.NAME, new NobodyYet());
        if (!listener.implicitTls()) {
            bye(channel, why);
        } else if (handshakes.incrementAndGet() <= MOST_HANDSHAKES) {
            channel.closeFuture().addListener(closed -> handshakes.decrementAndGet());
            channel.pipeline()
                    .addFirst(
                            "tls",
                            ServerTls.handler(channel, listener.sites().others().certificate()));
            channel.config().setAutoRead(true);
            bye(channel, why);
        } else {
            handshakes.decrementAndGet();
            channel.close();
        }
    }

    /** Behind what is queued already; with TLS that waits for the handshake, which has a deadline of its own. */
    private static void bye(Channel channel, Refusal why) {
        channel.eventLoop()
                .execute(() -> channel.writeAndFlush(Unpooled.copiedBuffer(why.bye(), StandardCharsets.US_ASCII))
                        .addListener(ChannelFutureListener.CLOSE));
    }

    private void log(Origin client, Refusal why) {
        Count count = counts.get(why);
        if (count == null) {
            return;
        }
        long next = count.next().get();
        long now = System.nanoTime();
        if (now - next < 0 || !count.next().compareAndSet(next, now + LOG_EVERY)) {
            count.silent().incrementAndGet();
            return;
        }
        LOGGER.atWarn()
                .addKeyValue("client", LogText.of(client.client()))
                .addKeyValue("cause", why.reason())
                .addKeyValue("suppressed", count.silent().getAndSet(0))
                .log("client turned away");
    }
}
