package org.imapnotify.netty;

import java.util.List;

/**
 * Everything a proxy server is told. Keys in error messages are the names of the command line's flags.
 *
 * @param listeners where clients connect, at least one
 * @param upstream the one server behind this proxy
 * @param notifyOptions not "notify": that is a method of every object
 * @param front what is agreed with whoever connects
 * @param eventLoops threads that serve connections; 0 means one for each core
 */
public record ProxyOptions(
        List<ListenerOptions> listeners,
        UpstreamOptions upstream,
        NotifyOptions notifyOptions,
        WatchOptions watch,
        FrontOptions front,
        int eventLoops) {
    /** More than this is a slip of the hand: a loop is a thread, and one serves thousands of connections. */
    private static final int MOST_EVENT_LOOPS = 1024;

    /** With the default front. */
    public ProxyOptions(
            List<ListenerOptions> listeners,
            UpstreamOptions upstream,
            NotifyOptions notifyOptions,
            WatchOptions watch,
            int eventLoops) {
        this(listeners, upstream, notifyOptions, watch, FrontOptions.DEFAULT, eventLoops);
    }

    public ProxyOptions {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new InvalidOptionException("listen", "", "at least one HOST:PORT to listen on");
        }
        if (eventLoops < 0 || eventLoops > MOST_EVENT_LOOPS) {
            throw new InvalidOptionException("event-loops", eventLoops, "0 (one for each core) to " + MOST_EVENT_LOOPS);
        }
    }
}
