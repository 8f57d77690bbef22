package org.imapnotify.upstream;

/**
 * Whether an upstream answers commands that are sent together. An account counts what happens on its connections; what it finds out
 * holds for all of the upstream. A connection that ends with a window of commands unanswered may have met a restart, so that is
 * believed only of a second in a row; one that answers a part and keeps silent about the rest is believed at once, unless it has
 * answered as many before.
 */
public final class Pipelining {
    /** What all accounts of an upstream know; thread-safe where they live on several threads. */
    public interface Verdict {
        /** Commands sent together get lost here. */
        boolean isBroken();

        /** From now on {@link #isBroken}. */
        void broken();

        /** Of an account that has an upstream to itself. */
        static Verdict open() {
            return new Verdict() {
                private boolean broken;

                @Override
                public boolean isBroken() {
                    return broken;
                }

                @Override
                public void broken() {
                    broken = true;
                }
            };
        }
    }

    private static final int STRIKES = 2;

    private final Verdict verdict;
    private int strikes;
    private int lost;
    private int proven;

    public Pipelining(Verdict verdict) {
        this.verdict = verdict;
    }

    public boolean isBroken() {
        return verdict.isBroken();
    }

    /** So many commands were in flight together, and all of them were answered. */
    void answered(int window) {
        proven = Math.max(proven, window);
        if (window >= lost) {
            strikes = 0;
            lost = 0;
        }
    }

    /**
     * The connection has ended while so many were in flight together.
     *
     * @param partly some of them had been answered, and then nothing came any more
     */
    void unanswered(int window, boolean partly) {
        lost = window;
        strikes += partly && proven < window ? STRIKES : 1;
        if (strikes >= STRIKES) {
            verdict.broken();
        }
    }
}
