package org.imapnotify.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.imapnotify.wire.MailboxName;

/**
 * How lively each mailbox is. The score counts its changes, each worth half as much after every ten minutes: it says where an
 * IDLE pays. How long it has been quiet says how often it has to be asked for.
 */
final class Activity {
    private static final double HALF_LIFE = Duration.ofMinutes(10).toNanos();

    private record Pulse(double score, long scoredAt, long lastAt) {
        double scoreAt(long now) {
            return score * Math.pow(0.5, (now - scoredAt) / HALF_LIFE);
        }
    }

    private final Map<MailboxName, Pulse> pulses = new HashMap<>();

    /** The mailbox has changed. */
    void changed(MailboxName name, long now) {
        pulses.put(name, new Pulse(score(name, now) + 1, now, now));
    }

    /** Somebody has reason to think that it has changed: it is not quiet any more. */
    void stirred(MailboxName name, long now) {
        pulses.put(name, new Pulse(score(name, now), now, now));
    }

    double score(MailboxName name, long now) {
        Pulse pulse = pulses.get(name);
        return pulse == null ? 0 : pulse.scoreAt(now);
    }

    /** Since it last changed, or since it was first asked about here. */
    long quiet(MailboxName name, long now) {
        return now
                - pulses.computeIfAbsent(name, unseen -> new Pulse(0, now, now)).lastAt();
    }

    void retain(Collection<MailboxName> names) {
        pulses.keySet().retainAll(names);
    }

    void clear() {
        pulses.clear();
    }
}
