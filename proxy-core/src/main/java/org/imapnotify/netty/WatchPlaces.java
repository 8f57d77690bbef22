package org.imapnotify.netty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imapnotify.watch.Place;

/**
 * The places for watch connections, so many for each upstream and so many for all: thread-safe. Accounts that have none come
 * first, then all in the order of asking. While one that has none waits, one that only listens is asked to give way.
 */
final class WatchPlaces {
    private final Telemetry telemetry;
    private final List<Upstream> upstreams = new ArrayList<>();
    private int most;
    private int taken;
    private long asked;

    WatchPlaces(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The places of one upstream. */
    final class Upstream {
        private final Deque<Seat> first = new ArrayDeque<>();
        private final Deque<Seat> others = new ArrayDeque<>();
        private final Set<Seat> listening = new LinkedHashSet<>();
        private int most;
        private int taken;

        /**
         * @param isFirst the account has no connection
         * @param changed run when the place is granted later, and when it is wanted; must not block
         */
        Place ask(boolean isFirst, Runnable changed) {
            return WatchPlaces.this.ask(new Seat(this, isFirst, changed));
        }

        private boolean hasRoom() {
            return taken < most;
        }

        private Deque<Seat> queue(boolean isFirst) {
            return isFirst ? first : others;
        }
    }

    /** One connection's. */
    private final class Seat implements Place {
        private final Upstream upstream;
        private final boolean isFirst;
        private final Runnable changed;
        private long number;
        private volatile boolean granted;
        private volatile boolean wanted;
        private boolean gone;

        Seat(Upstream upstream, boolean isFirst, Runnable changed) {
            this.upstream = upstream;
            this.isFirst = isFirst;
            this.changed = changed;
        }

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
            WatchPlaces.this.giveBack(this);
        }
    }

    synchronized Upstream upstream(BudgetOptions options) {
        Upstream upstream = new Upstream();
        upstreams.add(upstream);
        configure(upstream, options);
        return upstream;
    }

    /** More places are given at once, fewer as they become free. */
    synchronized void configure(Upstream upstream, BudgetOptions options) {
        upstream.most = orNoLimit(options.upstreamConnections());
        most = orNoLimit(options.connections());
        grant();
    }

    private static int orNoLimit(int number) {
        return number == 0 ? Integer.MAX_VALUE : number;
    }

    private synchronized Place ask(Seat seat) {
        seat.number = asked++;
        seat.upstream.queue(seat.isFirst).add(seat);
        telemetry.watchConnectionsWaiting(1);
        grant();
        if (!seat.granted) {
            telemetry.watchConnectionRefused();
            if (seat.isFirst) {
                want(seat.upstream);
            }
        }
        return seat;
    }

    private void grant() {
        Optional<Seat> next = next();
        while (next.isPresent()) {
            grant(next.get());
            next = next();
        }
    }

    private Optional<Seat> next() {
        return taken >= most ? Optional.empty() : oldest(true).or(() -> oldest(false));
    }

    private Optional<Seat> oldest(boolean isFirst) {
        return upstreams.stream()
                .filter(Upstream::hasRoom)
                .flatMap(upstream -> Stream.ofNullable(upstream.queue(isFirst).peek()))
                .min(Comparator.comparingLong(seat -> seat.number));
    }

    private void grant(Seat seat) {
        seat.upstream.queue(seat.isFirst).remove();
        seat.upstream.taken++;
        taken++;
        if (!seat.isFirst) {
            seat.upstream.listening.add(seat);
        }
        telemetry.watchConnectionsWaiting(-1);
        seat.granted = true;
        seat.changed.run();
    }

    /** Asks one that only listens to give way: of that upstream if it is full, else of any. */
    private void want(Upstream upstream) {
        Stream<Upstream> from = upstream.hasRoom() ? upstreams.stream() : Stream.of(upstream);
        from.flatMap(each -> each.listening.stream())
                .filter(seat -> !seat.wanted)
                .findFirst()
                .ifPresent(seat -> {
                    seat.wanted = true;
                    seat.changed.run();
                });
    }

    private synchronized void giveBack(Seat seat) {
        if (seat.gone) {
            return;
        }
        seat.gone = true;
        if (seat.granted) {
            seat.upstream.taken--;
            taken--;
            seat.upstream.listening.remove(seat);
            grant();
        } else {
            seat.upstream.queue(seat.isFirst).remove(seat);
            telemetry.watchConnectionsWaiting(-1);
        }
    }
}
