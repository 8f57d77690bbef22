package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TokenBucketProperties {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Ten a second, a room of twenty: in any time no more begin than flow in, the room, and what began last. */
    @Property
    void theRateIsKeptWhateverIsAskedFor(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 30) Integer> asked,
            @ForAll @LongRange(min = Long.MIN_VALUE / 2, max = Long.MAX_VALUE / 2) long begin,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long gap) {
        TokenBucket bucket = new TokenBucket(10, Duration.ofSeconds(1), 20);
        long now = begin;
        long last = begin;
        long begun = 0;
        for (int tokens : asked) {
            long from = bucket.take(tokens, now);
            assertThat(from - last).as("the order of asking").isNotNegative();
            last = Math.max(from, now);
            assertThat(begun).isLessThanOrEqualTo(20 + (from - begin) * 10 / SECOND + 1);
            begun += tokens;
            now += gap;
        }
    }
}
