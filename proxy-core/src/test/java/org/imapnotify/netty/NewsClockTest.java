package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsClockTest {
    private final List<Long> told = new ArrayList<>();
    private final NewsClock clock = new NewsClock(new Telemetry() {
        @Override
        public void notifyLatency(long nanos) {
            told.add(nanos);
        }
    });

    @Test
    void countsFromTheOldestNewsThatWaits() {
        long now = System.nanoTime();
        clock.seen(now - Duration.ofSeconds(10).toNanos());
        clock.seen(now);
        clock.told();
        assertThat(told)
                .singleElement()
                .satisfies(nanos -> assertThat(nanos)
                        .isBetween(
                                Duration.ofSeconds(10).toNanos(),
                                Duration.ofSeconds(20).toNanos()));
    }

    @Test
    void newsThatConcernNobodyDoNotCount() {
        clock.seen(System.nanoTime() - Duration.ofSeconds(10).toNanos());
        clock.nothingOwed();
        clock.told();
        assertThat(told).isEmpty();
    }
}
