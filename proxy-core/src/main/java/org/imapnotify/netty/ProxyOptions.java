package org.imapnotify.netty;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything a proxy server is told. Keys in error messages are the names of the command line's flags.
 *
 * @param listeners where clients connect, at least one
 * @param upstream the server behind this proxy
 * @param sites other servers, for clients that ask for them by name
 * @param notifyOptions not "notify": that is a method of every object
 * @param front what is agreed with whoever connects
 * @param eventLoops threads that serve connections; 0 means one for each core
 */
public record ProxyOptions(
        List<ListenerOptions> listeners,
        UpstreamOptions upstream,
        List<SiteOptions> sites,
        NotifyOptions notifyOptions,
        WatchOptions watch,
        FrontOptions front,
        int eventLoops) {
    /** More than this is a slip of the hand: a loop is a thread, and one serves thousands of connections. */
    private static final int MOST_EVENT_LOOPS = 1024;

    /** With the default front and no sites. */
    public ProxyOptions(
            List<ListenerOptions> listeners,
            UpstreamOptions upstream,
            NotifyOptions notifyOptions,
            WatchOptions watch,
            int eventLoops) {
        this(listeners, upstream, List.of(), notifyOptions, watch, FrontOptions.DEFAULT, eventLoops);
    }

    public ProxyOptions {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new InvalidOptionException("listen", "", "at least one HOST:PORT to listen on");
        }
        sites = List.copyOf(sites);
        Set<String> names = new HashSet<>();
        sites.stream().flatMap(site -> site.names().stream()).forEach(name -> {
            if (!names.add(name)) {
                throw new InvalidOptionException(SiteOptions.KEY, name, "each name once");
            }
        });
        if (eventLoops < 0 || eventLoops > MOST_EVENT_LOOPS) {
            throw new InvalidOptionException("event-loops", eventLoops, "0 (one for each core) to " + MOST_EVENT_LOOPS);
        }
    }

    /** All upstreams, the one for clients that ask for nothing first. */
    Set<UpstreamOptions> upstreams() {
        Set<UpstreamOptions> all = new LinkedHashSet<>();
        Stream.concat(Stream.of(upstream), sites.stream().map(SiteOptions::upstream))
                .forEach(all::add);
        return all;
    }
}
