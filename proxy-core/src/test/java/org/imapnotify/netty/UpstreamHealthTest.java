package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UpstreamHealthTest {
    private static final UpstreamAddress A = new UpstreamAddress("a.example", 143);
    private static final UpstreamAddress B = new UpstreamAddress("b.example", 143);
    private static final UpstreamAddress C = new UpstreamAddress("c.example", 143);
    private static final Duration BACK_OFF = Duration.ofSeconds(30);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - 1); // as System.nanoTime may: it passes over its end here
    private final AtomicInteger down = new AtomicInteger();
    private final Telemetry telemetry = new Telemetry() {
        @Override
        public void upstreamAddressesDown(int delta) {
            down.addAndGet(delta);
        }
    };

    private UpstreamHealth health(UpstreamOrder order, UpstreamAddress... addresses) {
        return new UpstreamHealth(List.of(addresses), new FailoverOptions(order, BACK_OFF), now::get, telemetry);
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void theFirstIsTriedFirstWhileItWorks() {
        UpstreamHealth health = health(UpstreamOrder.FIRST, A, B, C);
        assertThat(health.candidates()).containsExactly(A, B, C);
        assertThat(health.candidates()).containsExactly(A, B, C);
        health.failed(A, "refused");
        health.failed(A, "refused");
        assertThat(health.candidates()).containsExactly(B, C);
        assertThat(down).hasValue(1);
        passes(BACK_OFF);
        assertThat(health.candidates()).containsExactly(A, B, C);
        assertThat(down).as("until it is seen to work").hasValue(1);
        health.worked(A);
        assertThat(down).hasValue(0);
    }

    @Test
    void eachInTurn() {
        UpstreamHealth health = health(UpstreamOrder.ROUND_ROBIN, A, B, C);
        assertThat(health.candidates()).containsExactly(A, B, C);
        assertThat(health.candidates()).containsExactly(B, C, A);
        health.failed(A, "refused");
        assertThat(health.candidates()).containsExactly(C, B);
        assertThat(health.candidates()).containsExactly(B, C);
    }

    @Test
    void whenAllAreDownTheFirstToRecoverIsTried() {
        UpstreamHealth health = health(UpstreamOrder.FIRST, A, B);
        health.failed(B, "refused");
        passes(Duration.ofSeconds(1));
        health.failed(A, "refused");
        assertThat(health.candidates()).containsExactly(B);
        passes(BACK_OFF.minusSeconds(1));
        assertThat(health.candidates()).containsExactly(B);
        passes(Duration.ofSeconds(1));
        assertThat(health.candidates()).containsExactly(A, B);
    }

    @Test
    void oneAloneIsAlwaysTried() {
        UpstreamHealth health = health(UpstreamOrder.ROUND_ROBIN, A);
        health.failed(A, "refused");
        assertThat(health.candidates()).containsExactly(A);
        assertThat(down).hasValue(0);
    }
}
