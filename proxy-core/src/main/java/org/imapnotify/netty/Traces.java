package org.imapnotify.netty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The users whose sessions are traced, each until a time of its own. Thread-safe. */
final class Traces {
    /** One user's trace. */
    private record Trace(long until, Consumer<String> lines) {}

    private final Map<String, Trace> traces = new ConcurrentHashMap<>();

    /** In the place of an earlier one; a time of zero ends that. */
    void begin(String user, Duration time, Consumer<String> lines) {
        if (time.isZero()) {
            traces.remove(user);
        } else {
            traces.put(user, new Trace(System.nanoTime() + time.toNanos(), lines));
        }
    }

    /** The trace of a session of this user, null when there is none to be written. */
    @Nullable
    SessionTrace of(String user, String session) {
        Trace trace = traces.get(user);
        if (trace == null) {
            return null;
        }
        if (System.nanoTime() - trace.until() >= 0) {
            traces.remove(user, trace);
            return null;
        }
        return new SessionTrace("session=" + session + " user=" + user + " ", trace.until(), trace.lines());
    }
}
