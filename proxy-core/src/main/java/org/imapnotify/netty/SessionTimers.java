package org.imapnotify.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.imapnotify.session.SessionTimer;

/** The deadlines of one session, one of each kind at most, on its event loop. */
final class SessionTimers {
    private final EventLoop loop;
    private final Consumer<SessionTimer> due;
    private final Map<SessionTimer, ScheduledFuture<?>> running = new EnumMap<>(SessionTimer.class);

    SessionTimers(EventLoop loop, Consumer<SessionTimer> due) {
        this.loop = loop;
        this.due = due;
    }

    void set(SessionTimer timer, Duration after) {
        cancel(timer);
        running.put(timer, loop.schedule(() -> due.accept(timer), after.toNanos(), TimeUnit.NANOSECONDS));
    }

    void cancel(SessionTimer timer) {
        ScheduledFuture<?> set = running.remove(timer);
        if (set != null) {
            set.cancel(false);
        }
    }

    void cancelAll() {
        running.values().forEach(set -> set.cancel(false));
        running.clear();
    }
}
