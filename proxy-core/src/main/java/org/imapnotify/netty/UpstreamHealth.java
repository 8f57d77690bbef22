package org.imapnotify.netty;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which addresses of the upstream are worth a try: thread-safe. An address that cannot be connected to is left alone for a while;
 * when all are, the one whose time is over first is tried all the same, since there is nothing to lose. One address alone is always
 * tried.
 */
final class UpstreamHealth {
    private static final Logger LOGGER = LoggerFactory.getLogger(UpstreamHealth.class);

    private final List<UpstreamAddress> addresses;
    private final FailoverOptions options;
    private final LongSupplier nanoTime;
    private final Telemetry telemetry;
    private final Map<UpstreamAddress, Long> downUntil = new HashMap<>();
    private final Set<UpstreamAddress> seenDown = new HashSet<>();
    private int turn;

    UpstreamHealth(
            List<UpstreamAddress> addresses, FailoverOptions options, LongSupplier nanoTime, Telemetry telemetry) {
        this.addresses = addresses;
        this.options = options;
        this.nanoTime = nanoTime;
        this.telemetry = telemetry;
        addresses.forEach(address -> telemetry.upstreamAddress(address.toString(), true));
    }

    /** What a new connection tries, one after the other; at least one. */
    synchronized List<UpstreamAddress> candidates() {
        long now = nanoTime.getAsLong();
        List<UpstreamAddress> fit =
                inOrder().filter(address -> isFit(address, now)).toList();
        return fit.isEmpty() ? List.of(firstToRecover(now)) : fit;
    }

    private Stream<UpstreamAddress> inOrder() {
        if (options.order() == UpstreamOrder.FIRST) {
            return addresses.stream();
        }
        int first = Math.floorMod(turn++, addresses.size());
        return Stream.concat(addresses.subList(first, addresses.size()).stream(), addresses.subList(0, first).stream());
    }

    private boolean isFit(UpstreamAddress address, long now) {
        Long until = downUntil.get(address);
        return until == null || until - now <= 0;
    }

    private UpstreamAddress firstToRecover(long now) {
        return downUntil.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue() - now))
                .map(Map.Entry::getKey)
                .orElse(addresses.get(0));
    }

    /** A connection to it could not be had. */
    synchronized void failed(UpstreamAddress address, String why) {
        if (seenDown.add(address)) {
            telemetry.upstreamAddress(address.toString(), false);
        }
        if (addresses.size() == 1) {
            return;
        }
        Long before =
                downUntil.put(address, nanoTime.getAsLong() + options.backOff().toNanos());
        if (before == null) {
            telemetry.upstreamAddressesDown(1);
            LOGGER.atWarn()
                    .addKeyValue("upstream", address)
                    .addKeyValue("cause", why)
                    .log("upstream address is down");
        }
    }

    /** A connection to it stands. */
    synchronized void worked(UpstreamAddress address) {
        if (seenDown.remove(address)) {
            telemetry.upstreamAddress(address.toString(), true);
        }
        if (downUntil.remove(address) != null) {
            telemetry.upstreamAddressesDown(-1);
            LOGGER.atInfo().addKeyValue("upstream", address).log("upstream address works again");
        }
    }
}
