package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpstreamLimitsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final StringBuilder metrics = new StringBuilder();
    private final UpstreamLimits limits = new UpstreamLimits(
            new BudgetOptions(0, 6000, 50, 0, 0),
            new WatchPlaces(Telemetry.NONE),
            "mail.example.org:143",
            new Telemetry() {
                @Override
                public void upstreamShedding(String step, int delta) {
                    metrics.append(delta > 0 ? " +" : " -").append(step);
                }

                @Override
                public void watchStretch(Object upstream, int factor) {
                    metrics.append(factor > 1 ? " x" + factor : "");
                }
            });

    @Test
    void connectionsThatAreWantedAtOnceAreSpread() {
        long[] at = new long[200];
        for (int i = 0; i < at.length; i++) {
            at[i] = limits.connect(0);
        }
        assertThat(at[5]).isZero();
        assertThat(at[199]).isBetween(SECOND * 38 / 10, SECOND * 4);
        for (int i = 50; i < at.length; i++) {
            assertThat(at[i] - at[i - 50]).isGreaterThan(SECOND * 85 / 100);
        }
    }

    @Test
    void clientsComeFirstButNeverRunIntoDebt() {
        for (int i = 0; i < 1000; i++) {
            limits.clientConnects(0);
        }
        assertThat(limits.connect(0)).isLessThanOrEqualTo(SECOND / 50);
    }

    @Test
    void whoOnlyListensComesBehindWhoHasNone() {
        for (int i = 0; i < 55; i++) {
            limits.connect(0);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(limits.listen(0)).as("takes nothing").isEqualTo(SECOND);
        }
        assertThat(limits.connect(0)).isEqualTo(SECOND);
        assertThat(limits.listen(SECOND)).isGreaterThan(SECOND);
        assertThat(limits.listen(SECOND * 2)).isEqualTo(SECOND * 2);
        assertThat(limits.connect(SECOND * 2)).isEqualTo(SECOND * 2);
    }

    @Test
    void commandsOfAllAccountsComeFromOneBucket() {
        limits.commands(100, 0);
        assertThat(limits.commands(100, 0)).isZero();
        assertThat(limits.commands(1, 0)).isEqualTo(SECOND);
    }

    @Test
    void whatIsShedIsCountedUpAndDown() {
        limits.commands(100 + 100 * 41, 0);
        assertThat(limits.allowsListeners()).isFalse();
        assertThat(metrics.toString()).isEqualTo(" x8 -none +slots");
        metrics.setLength(0);
        limits.backlog(SECOND * 15);
        assertThat(limits.allowsListeners()).isFalse();
        limits.backlog(SECOND * 22);
        assertThat(limits.allowsListeners()).isTrue();
        limits.backlog(SECOND * 41);
        assertThat(metrics.toString()).isEqualTo(" x6 x4 -slots +frequency -frequency +none");
    }

    @Test
    void otherOptionsCountFromThenOn() {
        limits.commands(1000, 0);
        limits.configure(new BudgetOptions(0, 0, 0, 0, 0));
        assertThat(limits.commands(1000, 0)).isZero();
        assertThat(limits.commands(1000, 0)).isZero();
        assertThat(limits.connect(0)).isZero();
    }
}
