package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ten a second; the bucket holds twenty. */
class TokenBucketTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBucket bucket = new TokenBucket(10, Duration.ofSeconds(1), 20);

    @Test
    void whatIsInTheBucketIsHadAtOnceAndTheRestInTheOrderOfAsking() {
        assertThat(bucket.take(19, 0)).isZero();
        assertThat(bucket.take(6, 0)).as("the last one in the bucket").isZero();
        assertThat(bucket.take(10, 0)).as("five are owed").isEqualTo(SECOND / 2);
        assertThat(bucket.take(1, 0)).isEqualTo(SECOND * 3 / 2);
    }

    @Test
    void aBucketThatNobodyUsedForLongIsFullAndNoFuller() {
        bucket.take(20, 0);
        assertThat(bucket.take(20, 1000 * SECOND)).isEqualTo(1000 * SECOND);
        assertThat(bucket.take(1, 1000 * SECOND)).isEqualTo(1000 * SECOND);
        assertThat(bucket.take(1, 1000 * SECOND)).isEqualTo(1000 * SECOND + SECOND / 10);
    }

    @Test
    void drainingLeavesNoDebt() {
        for (int i = 0; i < 100; i++) {
            bucket.drain(1, 0);
        }
        assertThat(bucket.take(1, 0)).isZero();
        assertThat(bucket.take(1, 0)).isEqualTo(SECOND / 10);
    }

    @Test
    void withoutARateThereIsNoLimit() {
        TokenBucket unlimited = new TokenBucket(0, Duration.ofSeconds(1), 0);
        assertThat(unlimited.take(1_000_000_000, 7)).isEqualTo(7);
        assertThat(unlimited.take(1, 7)).isEqualTo(7);
    }
}
