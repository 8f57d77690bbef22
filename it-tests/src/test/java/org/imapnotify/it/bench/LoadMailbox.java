package org.imapnotify.it.bench;

/** Counters of one mailbox of a {@link LoadAccount}, which guards them. */
final class LoadMailbox {
    private final String name;
    private long messages;
    private long uidNext = 1;
    private long modSeq = 1;

    LoadMailbox(String name) {
        this.name = name;
    }

    long messages() {
        return messages;
    }

    void deliver() {
        messages++;
        uidNext++;
        modSeq++;
    }

    String status(boolean modSeqs) {
        return "* STATUS " + name + " (MESSAGES " + messages + " UIDNEXT " + uidNext + " UIDVALIDITY 1 UNSEEN "
                + messages + (modSeqs ? " HIGHESTMODSEQ " + modSeq : "") + ")\r\n";
    }
}
