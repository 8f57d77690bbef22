package org.imapnotify.watch;

import java.time.Duration;

/**
 * Whether an IDLE can be believed. When STATUS shows a change, IDLE must have said something since the STATUS before, or
 * say it soon (Dovecot collects for half a second); an upstream that owes that twice in a row pushes nothing at all
 * (imap4d) or not all (GreenMail: no flags).
 */
final class Silence {
    static final long GRACE = Duration.ofSeconds(2).toNanos();
    private static final int STRIKES = 2;

    private boolean listening;
    private long listeningSince;
    private boolean everHeard;
    private long heardAt;
    private boolean suspected;
    private long suspectedAt;
    private int strikes;

    /** IDLE was accepted; gives whether this is its beginning and not its renewal. */
    boolean listen(long now) {
        if (listening) {
            return false;
        }
        listening = true;
        listeningSince = now;
        suspected = false;
        return true;
    }

    boolean isListening() {
        return listening;
    }

    /** It listens at an upstream that has been heard and owes nothing. */
    boolean isBelieved() {
        return listening && everHeard && !suspected && strikes == 0;
    }

    void stop() {
        listening = false;
        suspected = false;
    }

    void heard(long now) {
        everHeard = true;
        heardAt = now;
        suspected = false;
        strikes = 0;
    }

    /** STATUS shows a change that has happened since it was asked at that time. */
    void changed(long lastAskedAt, long now) {
        boolean listened = listening && lastAskedAt - listeningSince >= 0;
        boolean told = everHeard && heardAt - lastAskedAt >= 0;
        if (listened && !told && !suspected) {
            suspected = true;
            suspectedAt = now;
        }
    }

    /** True, once, when IDLE is to be given up. */
    boolean judge(long now) {
        if (suspected && now - suspectedAt >= GRACE) {
            suspected = false;
            strikes++;
        }
        if (strikes < STRIKES) {
            return false;
        }
        strikes = 0;
        everHeard = false;
        return true;
    }

    long dueAt() {
        return suspected ? suspectedAt + GRACE : Long.MAX_VALUE;
    }
}
