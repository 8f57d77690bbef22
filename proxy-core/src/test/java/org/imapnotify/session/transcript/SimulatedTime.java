package org.imapnotify.session.transcript;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A clock that stands still until it is told how much time passes, and the alarms that are set on it. */
final class SimulatedTime {
    private record Alarm(long at, Runnable action) {}

    private final Map<Object, Alarm> alarms = new LinkedHashMap<>();
    private long now = 1_000_000_000L;

    long now() {
        return now;
    }

    void set(Object key, long at, Runnable action) {
        alarms.remove(key);
        alarms.put(key, new Alarm(at, action));
    }

    void cancel(Object key) {
        alarms.remove(key);
    }

    /** Lets time pass; {@code afterEach} is run behind every alarm. */
    void advance(Duration by, Runnable afterEach) {
        long end = now + by.toNanos();
        for (Object key = next(end); key != null; key = next(end)) {
            Alarm alarm = alarms.remove(key);
            now = Math.max(now, alarm.at());
            alarm.action().run();
            afterEach.run();
        }
        now = end;
    }

    /** The key of the alarm that is due first, null when none is due until then. */
    private Object next(long until) {
        Object first = null;
        long at = Long.MAX_VALUE;
        for (Map.Entry<Object, Alarm> each : alarms.entrySet()) {
            if (each.getValue().at() <= until && each.getValue().at() < at) {
                first = each.getKey();
                at = each.getValue().at();
            }
        }
        return first;
    }
}
