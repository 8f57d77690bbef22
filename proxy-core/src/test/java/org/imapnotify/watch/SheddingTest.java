package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.imapnotify.watch.Shedding.Step;
import org.junit.jupiter.api.Test;

class SheddingTest {
    private final Shedding shedding = new Shedding();

    private Step after(double seconds) {
        Step before = shedding.step();
        boolean changed = shedding.onBacklog((long) (seconds * 1e9));
        assertThat(changed).isEqualTo(before != shedding.step());
        return shedding.step();
    }

    @Test
    void frequencyGoesFirstThenSlotsThenRegistrations() {
        assertThat(after(4.9)).isEqualTo(Step.NONE);
        assertThat(after(5)).isEqualTo(Step.FREQUENCY);
        assertThat(after(39.9)).isEqualTo(Step.FREQUENCY);
        assertThat(after(40)).isEqualTo(Step.SLOTS);
        assertThat(after(120)).isEqualTo(Step.OVERFLOW);
    }

    @Test
    void aStepIsTakenBackAtHalfOfWhatItBeganAt() {
        after(300);
        assertThat(after(61)).isEqualTo(Step.OVERFLOW);
        assertThat(after(59)).isEqualTo(Step.SLOTS);
        assertThat(after(21)).isEqualTo(Step.SLOTS);
        assertThat(after(19)).isEqualTo(Step.FREQUENCY);
        assertThat(after(2.6)).isEqualTo(Step.FREQUENCY);
        assertThat(after(2.4)).isEqualTo(Step.NONE);
        after(300);
        assertThat(after(0)).as("all at once").isEqualTo(Step.NONE);
    }

    @Test
    void intervalsGrowWithTheWaitUpToEightTimes() {
        assertThat(Shedding.stretch(0)).isEqualTo(1);
        assertThat(Shedding.stretch(Duration.ofSeconds(10).toNanos())).isEqualTo(3);
        assertThat(Shedding.stretch(Duration.ofHours(10).toNanos())).isEqualTo(8);
    }
}
