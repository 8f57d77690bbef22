package org.imapnotify.netty;

/** How long news of other mailboxes take from being seen to being written to one client. */
final class NewsClock {
    private final Telemetry telemetry;
    private boolean running;
    private long seenAt;

    NewsClock(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The watcher saw a change then; of several that wait, the oldest counts. */
    void seen(long nanoTime) {
        if (!running) {
            running = true;
            seenAt = nanoTime;
        }
    }

    /** A line with news was written. */
    void told() {
        if (running) {
            telemetry.notifyLatency(System.nanoTime() - seenAt);
        }
    }

    /** Nothing waits any more: what was seen has been told, or was none of this client's concern. */
    void nothingOwed() {
        running = false;
    }
}
