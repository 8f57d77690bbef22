package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a thousand accounts. */
class BackOffTest {
    private static LongSummaryStatistics millis(int failuresBefore, Duration atLeast) {
        SplittableRandom random = new SplittableRandom(1);
        return LongStream.range(0, 1000)
                .map(i -> {
                    BackOff backOff = new BackOff(random.split());
                    for (int failure = 0; failure < failuresBefore; failure++) {
                        backOff.next(Duration.ZERO);
                    }
                    return Duration.ofNanos(backOff.next(atLeast)).toMillis();
                })
                .summaryStatistics();
    }

    @ParameterizedTest
    @CsvSource({"0, 2000", "1, 4000", "2, 8000", "3, 16000", "4, 32000", "5, 60000", "20, 60000"})
    void attemptsAreSpreadFromNothingToTheBound(int failuresBefore, long bound) {
        LongSummaryStatistics waits = millis(failuresBefore, Duration.ZERO);
        assertThat(waits.getMax()).isBetween(bound * 99 / 100, bound);
        assertThat(waits.getMin()).isLessThan(bound / 100);
        assertThat(waits.getAverage()).isBetween(bound * 0.47, bound * 0.53);
    }

    @Test
    void whatTheUpstreamAsksForComesFirstAndIsSpreadTheSame() {
        LongSummaryStatistics waits = millis(1, Duration.ofSeconds(60));
        assertThat(waits.getMin()).isBetween(60_000L, 60_100L);
        assertThat(waits.getMax()).isBetween(63_900L, 64_000L);
    }

    @Test
    void aSuccessMakesTheNextFailureAFirstOne() {
        BackOff backOff = new BackOff(new SplittableRandom(1));
        for (int i = 0; i < 10; i++) {
            backOff.next(Duration.ZERO);
        }
        backOff.reset();
        assertThat(backOff.next(Duration.ZERO)).isLessThan(Duration.ofSeconds(2).toNanos());
    }
}
