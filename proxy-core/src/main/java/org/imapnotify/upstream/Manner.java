package org.imapnotify.upstream;

/** How one upstream is talked to, as far as it is known by now. */
record Manner(Recognition recognition, Pipelining pipelining) {
    Quirks quirks() {
        return recognition.quirks();
    }

    /** So many commands may be in flight together. */
    int window() {
        return quirks().has(Effect.ONE_BY_ONE) || pipelining.isBroken() ? 1 : Integer.MAX_VALUE;
    }
}
