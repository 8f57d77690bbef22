package org.imapnotify.app;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where traces of users' conversations are written. */
interface TraceOutput {
    /**
     * A trace that was begun.
     *
     * @param lines takes its lines, on event loops
     * @param place where they can be read
     */
    record Begun(Consumer<String> lines, String place) {}

    /** In the place of an earlier one of this user. */
    Begun begin(String user, Duration time);

    /** No more is written of this user. */
    void end(String user);

    /** The proxy's log, beside everything else. */
    static TraceOutput log() {
        Logger trace = LoggerFactory.getLogger("trace");
        return to(trace::info, "the proxy's log");
    }

    static TraceOutput to(Consumer<String> lines, String place) {
        return new TraceOutput() {
            @Override
            public Begun begin(String user, Duration time) {
                return new Begun(lines, place);
            }

            @Override
            public void end(String user) {
                // there is nothing to close
            }
        };
    }
}
