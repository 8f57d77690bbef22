package org.imapnotify.it.bench;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One user of a {@link LoadServer}: mailboxes, who idles where, and what was asked on connections that watch. */
final class LoadAccount {
    private final Map<String, LoadMailbox> mailboxes = new LinkedHashMap<>();
    private final Set<LoadConnection> idling = new HashSet<>();
    private final CommandCounts watching = CommandCounts.none();
    private int watchConnections;

    /** @param count INBOX and m1, m2, ... */
    LoadAccount(int count) {
        mailboxes.put("INBOX", new LoadMailbox("INBOX"));
        for (int i = 1; i < count; i++) {
            mailboxes.put("m" + i, new LoadMailbox("m" + i));
        }
    }

    private LoadMailbox mailbox(String name) {
        LoadMailbox mailbox = mailboxes.get(name);
        if (mailbox == null) {
            throw new IllegalArgumentException("no mailbox " + name);
        }
        return mailbox;
    }

    /** A message is delivered; gives how many there are now. */
    synchronized long deliver(String name) {
        LoadMailbox mailbox = mailbox(name);
        mailbox.deliver();
        idling.forEach(connection -> connection.onDelivered(name));
        return mailbox.messages();
    }

    synchronized long messages(String name) {
        return mailbox(name).messages();
    }

    synchronized String status(String name, boolean modSeqs) {
        return mailbox(name).status(modSeqs);
    }

    /** The answer to LIST. */
    synchronized String list(boolean status, boolean modSeqs) {
        StringBuilder lines = new StringBuilder();
        mailboxes.forEach((name, mailbox) -> {
            lines.append("* LIST (\\HasNoChildren) \"/\" ").append(name).append("\r\n");
            if (status) {
                lines.append(mailbox.status(modSeqs));
            }
        });
        return lines.toString();
    }

    synchronized void idle(LoadConnection connection) {
        idling.add(connection);
    }

    synchronized void leave(LoadConnection connection) {
        idling.remove(connection);
    }

    synchronized void watchConnection(int more) {
        watchConnections += more;
    }

    synchronized int watchConnections() {
        return watchConnections;
    }

    synchronized void countWatching(String command) {
        watching.count(command);
    }

    /** What was asked on connections that watch, until now. */
    synchronized CommandCounts watching() {
        return watching.copy();
    }
}
