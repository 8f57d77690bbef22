package org.imapnotify.netty;

import java.util.List;

/** Which options may change while clients are connected. */
final class Reload {
    private static final String RESTART = "what the proxy runs with; this needs a restart";

    private Reload() {}

    /** @throws InvalidOptionException for a change that only a new process can make */
    static void check(ProxyOptions running, ProxyOptions fresh) {
        if (!running.upstream().equals(fresh.upstream())) {
            throw new InvalidOptionException("upstream", fresh.upstream().addresses(), RESTART);
        }
        if (!running.upstreams().equals(fresh.upstreams())) {
            throw new InvalidOptionException(SiteOptions.KEY, names(fresh), "the upstreams that " + RESTART);
        }
        if (running.eventLoops() != fresh.eventLoops()) {
            throw new InvalidOptionException("event-loops", fresh.eventLoops(), RESTART);
        }
        if (!addresses(running).equals(addresses(fresh))) {
            throw new InvalidOptionException("listen", addresses(fresh), RESTART);
        }
    }

    private static List<String> names(ProxyOptions options) {
        return options.sites().stream().flatMap(site -> site.names().stream()).toList();
    }

    /** With the kind of TLS: a listener cannot begin or cease to offer it. */
    private static List<String> addresses(ProxyOptions options) {
        return options.listeners().stream()
                .map(listener -> LogText.of(listener.address()) + " " + listener.tls())
                .toList();
    }
}
