package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.imapnotify.watch.Place;
import org.junit.jupiter.api.Test;

/** Three places in all; two at one upstream, two at the other. */
class WatchPlacesTest {
    private final StringBuilder metrics = new StringBuilder();
    private final StringBuilder woken = new StringBuilder();
    private final WatchPlaces places = new WatchPlaces(new Telemetry() {
        @Override
        public void watchConnectionsWaiting(int delta) {
            metrics.append(delta > 0 ? "+" : "-");
        }

        @Override
        public void watchConnectionRefused() {
            metrics.append("!");
        }
    });
    private final BudgetOptions options = new BudgetOptions(0, 0, 0, 2, 3);
    private final WatchPlaces.Upstream one = places.upstream(options);
    private final WatchPlaces.Upstream two = places.upstream(options);

    private Place first(WatchPlaces.Upstream upstream, String name) {
        return upstream.ask(true, () -> woken.append(' ').append(name));
    }

    private Place listener(WatchPlaces.Upstream upstream, String name) {
        return upstream.ask(false, () -> woken.append(' ').append(name));
    }

    @Test
    void anUpstreamThatIsFullDoesNotFillTheOther() {
        assertThat(first(one, "a").isGranted()).isTrue();
        assertThat(first(one, "b").isGranted()).isTrue();
        assertThat(first(one, "c").isGranted()).isFalse();
        assertThat(first(two, "d").isGranted()).isTrue();
        assertThat(first(two, "e").isGranted()).as("three in all").isFalse();
        assertThat(metrics).hasToString("+-+-+!+-+!");
    }

    @Test
    void aPlaceGoesToWhoHasWaitedLongest() {
        Place a = first(one, "a");
        first(one, "b");
        Place c = first(one, "c");
        Place d = first(one, "d");
        woken.setLength(0);
        a.giveBack();
        assertThat(c.isGranted()).isTrue();
        assertThat(d.isGranted()).isFalse();
        assertThat(woken).hasToString(" c");
        a.giveBack();
        assertThat(d.isGranted()).as("given back once").isFalse();
    }

    @Test
    void whoGoesWhileHeWaitsIsForgotten() {
        Place a = first(one, "a");
        first(one, "b");
        Place c = first(one, "c");
        Place d = first(one, "d");
        c.giveBack();
        a.giveBack();
        assertThat(c.isGranted()).isFalse();
        assertThat(d.isGranted()).isTrue();
    }

    @Test
    void whoHasNoneComesBeforeThoseThatListen() {
        Place a = first(one, "a");
        Place b = first(one, "b");
        Place listener = listener(one, "b2");
        Place c = first(one, "c");
        a.giveBack();
        assertThat(c.isGranted()).isTrue();
        assertThat(listener.isGranted()).isFalse();
        b.giveBack();
        assertThat(listener.isGranted()).isTrue();
    }

    @Test
    void oneThatListensIsAskedToGiveWay() {
        first(one, "a");
        Place listener = listener(one, "a2");
        woken.setLength(0);
        Place b = first(one, "b");
        assertThat(listener.isWanted()).isTrue();
        assertThat(woken).hasToString(" a2");
        listener.giveBack();
        assertThat(b.isGranted()).isTrue();
        assertThat(woken).hasToString(" a2 b");
    }

    @Test
    void oneOfAnotherUpstreamGivesWayWhenAllTogetherAreTooMany() {
        first(one, "a");
        Place listener = listener(one, "a2");
        first(two, "b");
        Place c = first(two, "c");
        assertThat(listener.isWanted()).isTrue();
        listener.giveBack();
        assertThat(c.isGranted()).isTrue();
    }

    @Test
    void morePlacesAreGivenAtOnceAndNoLimitIsNone() {
        first(one, "a");
        first(one, "b");
        Place c = first(one, "c");
        places.configure(one, new BudgetOptions(0, 0, 0, 0, 0));
        assertThat(c.isGranted()).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(first(one, "more").isGranted()).isTrue();
        }
    }
}
