package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts clients: all, by address, and those that have not logged in. Thread-safe; limits are whatever they are at the moment. */
final class ConnectionLimits {
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<ClientBlock, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final NavigableMap<Long, Runnable> beforeLogin = new ConcurrentSkipListMap<>();
    private final AtomicInteger countBeforeLogin = new AtomicInteger();

    /**
     * Counts a client.
     *
     * @param refused is told why when it cannot be taken, and it is not counted then
     * @return to be run once when an admitted client has left
     */
    Optional<Runnable> admit(LimitOptions limits, InetSocketAddress client, Consumer<Refusal> refused) {
        int all = connections.incrementAndGet();
        if (limits.connections() > 0 && all > limits.connections()) {
            connections.decrementAndGet();
            refused.accept(Refusal.CONNECTIONS);
            return Optional.empty();
        }
        if (limits.isExempt(client)) {
            return Optional.of(connections::decrementAndGet);
        }
        ClientBlock block = limits.block(client);
        int same = byAddress.merge(block, 1, Integer::sum);
        if (limits.perAddress() > 0 && same > limits.perAddress()) {
            leave(block);
            refused.accept(Refusal.PER_ADDRESS);
            return Optional.empty();
        }
        return Optional.of(() -> leave(block));
    }

    private void leave(ClientBlock block) {
        byAddress.computeIfPresent(block, (same, count) -> count > 1 ? count - 1 : null);
        connections.decrementAndGet();
    }

    /**
     * A client that has not logged in; where there are too many the oldest of them is sent away, as who means to log in has
     * done so by then.
     *
     * @return its place, for {@link #loggedIn}
     */
    long arrived(LimitOptions limits, Runnable sendAway) {
        long place = arrivals.incrementAndGet();
        beforeLogin.put(place, sendAway);
        if (countBeforeLogin.incrementAndGet() > limits.beforeLogin() && limits.beforeLogin() > 0) {
            Map.Entry<Long, Runnable> oldest = beforeLogin.pollFirstEntry();
            if (oldest != null) {
                countBeforeLogin.decrementAndGet();
                oldest.getValue().run();
            }
        }
        return place;
    }

    /** It has logged in, or left; once is enough, and more do no harm. */
    void loggedIn(long place) {
        if (beforeLogin.remove(place) != null) {
            countBeforeLogin.decrementAndGet();
        }
    }

    /** How many addresses are remembered. */
    int addresses() {
        return byAddress.size();
    }
}
