package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import java.util.ArrayList;
import java.util.List;
import org.imapnotify.watch.WatchSettings.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy's places for watch connections are all taken, and then not. */
class CrowdedTest extends WatcherTestBase {
    private final List<Seat> seats = new ArrayList<>();
    private boolean free;

    /** A place that the test gives. */
    private static final class Seat implements Place {
        private boolean granted;
        private boolean wanted;
        private boolean back;

        @Override
        public boolean isGranted() {
            return granted;
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public void giveBack() {
            back = true;
        }
    }

    CrowdedTest() {
        super(Patience.SHORT);
    }

    @BeforeEach
    void share() {
        upstream.box("INBOX");
        upstream.share = new UpstreamShare() {
            @Override
            public Place place(boolean first) {
                Seat seat = new Seat();
                seat.granted = free;
                seats.add(seat);
                return seat;
            }
        };
    }

    @Test
    void theSessionsAreToldOnceAndArmedWhenThereIsAPlace() {
        watcher.register(session, named("INBOX"));
        seconds(600);
        assertThat(session.take()).containsExactly("crowded");
        assertThat(upstream.connections).isEmpty();
        FakeSession other = new FakeSession();
        watcher.register(other, named("INBOX"));
        settle();
        assertThat(other.take()).containsExactly("crowded");

        seats.get(0).granted = true;
        watcher.onTimer();
        settle();
        assertThat(session.take()).containsExactly("armed 1");
        assertThat(other.take()).containsExactly("armed 1");
    }

    @Test
    void aPlaceIsGivenBackWithTheConnectionAndWaitedForAgain() {
        free = true;
        watcher.register(session, named("INBOX"));
        seconds(5);
        session.take();
        free = false;
        upstream.connections.get(0).breaks();
        assertThat(seats.get(0).back).isTrue();
        seconds(2.1);
        assertThat(session.take()).containsExactly("crowded");
        upstream.append("INBOX");
        seats.get(1).granted = true;
        watcher.onTimer();
        settle();
        assertThat(session.take()).containsExactly("armed 1");
    }

    @Test
    void whoLeavesWaitsNoMore() {
        watcher.register(session, named("INBOX"));
        settle();
        watcher.leave(session);
        assertThat(seats).hasSize(1).allMatch(seat -> seat.back);
    }

    @Test
    void aListenerAsksAgainWhileOthersConnect() {
        upstream.capabilities += " IDLE";
        List<Long> asked = new ArrayList<>();
        long begin = upstream.now;
        upstream.share = new UpstreamShare() {
            @Override
            public long listen(long now) {
                asked.add(now);
                return Math.max(now, Math.min(begin + 20_000_000_000L, now + 5_000_000_000L));
            }
        };
        watcher.register(session, named("INBOX"));
        settle();
        assertThat(session.take()).containsExactly("armed 1");
        seconds(19);
        assertThat(upstream.open()).isEqualTo(1);
        assertThat(asked).hasSizeBetween(3, 4);
        seconds(4);
        assertThat(upstream.open()).isEqualTo(2);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void aListenerGivesWayForAWhile() {
        free = true;
        upstream.capabilities += " IDLE";
        watcher.register(session, personal());
        settle();
        assertThat(upstream.open()).isEqualTo(2);
        seats.get(1).wanted = true;
        watcher.onTimer();
        settle();
        assertThat(upstream.open()).isEqualTo(1);
        assertThat(seats.get(1).back).isTrue();
        seconds(290);
        assertThat(seats).hasSize(2);
        seconds(20);
        assertThat(seats).hasSize(3);
        assertThat(session.take()).doesNotContain("crowded");
    }
}
