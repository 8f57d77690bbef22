package org.imapnotify.watch;

import java.time.Duration;

/**
 * So many a time on average, so many at once. What is taken from an empty bucket is taken from what will flow into it: it is
 * had later, in the order of the taking, and nobody is turned away. Not thread-safe.
 */
public final class TokenBucket {
    private final double nanosEach;
    private final double roomNanos;
    private boolean used;
    /** When the bucket will be full if nothing more is taken. */
    private double fullAt;

    private long origin;

    /**
     * @param tokens as many flow in each period; 0 for no limit
     * @param room as many it holds
     */
    public TokenBucket(long tokens, Duration period, long room) {
        this.nanosEach = tokens == 0 ? 0 : (double) period.toNanos() / tokens;
        this.roomNanos = nanosEach * room;
    }

    /**
     * Takes so many.
     *
     * @return from when on they may be used: now, or when what is lacking in front of them has flowed in
     */
    public long take(long tokens, long now) {
        if (!used) {
            used = true;
            origin = now;
        }
        double at = now - origin;
        double before = Math.max(fullAt, at);
        fullAt = before + tokens * nanosEach;
        return now + (long) Math.max(0, before - roomNanos - at);
    }

    /** How long the next would be waited for. */
    public long backlog(long now) {
        return used ? (long) Math.max(0, fullAt - roomNanos - (now - origin)) : 0;
    }

    /** Takes so many at most, and no more than there are. */
    public void drain(long tokens, long now) {
        if (!used || fullAt + nanosEach * tokens <= now - origin + roomNanos) {
            take(tokens, now);
        }
    }
}
