package org.imapnotify.watch;

import java.time.Duration;

/**
 * What is given up when more is to be asked of an upstream than its budget allows, by how long looks wait for it: first
 * frequency, then the connections that listen, which cost questions too, and last the registrations of those accounts that
 * would have to wait too long. A step is taken back when the wait is half of what it began at.
 */
public final class Shedding {
    /** In the order in which they are taken. */
    public enum Step {
        NONE(Duration.ZERO),
        /** Intervals are longer than configured. */
        FREQUENCY(Duration.ofSeconds(5)),
        /** Connections that listen are closed. */
        SLOTS(Duration.ofSeconds(40)),
        /** Accounts whose turn would come too late lose their registrations: NOTIFICATIONOVERFLOW. */
        OVERFLOW(Duration.ofMinutes(2));

        private final long from;

        Step(Duration from) {
            this.from = from.toNanos();
        }
    }

    private static final int MOST_STRETCH = 8;

    private Step step = Step.NONE;

    public Step step() {
        return step;
    }

    /** A look that is wanted now would wait so long; true when the step is another than before. */
    public boolean onBacklog(long nanos) {
        Step before = step;
        for (Step each : Step.values()) {
            if (each.compareTo(step) > 0 && nanos >= each.from) {
                step = each;
            }
        }
        while (step != Step.NONE && nanos < step.from / 2) {
            step = below(step);
        }
        return step != before;
    }

    private static Step below(Step step) {
        Step below = Step.NONE;
        for (Step each : Step.values()) {
            if (each.compareTo(step) < 0) {
                below = each;
            }
        }
        return below;
    }

    /** By how much intervals are longer when looks wait so long. */
    public static int stretch(long nanos) {
        return (int) Math.min(MOST_STRETCH, 1 + nanos / Step.FREQUENCY.from);
    }

    /** A look that would wait so long is not worth waiting for. */
    static boolean isTooLate(long nanos) {
        return nanos >= Step.OVERFLOW.from;
    }
}
