package org.imapnotify.it;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One of several who change mailboxes on the server itself, at random and in each other's way: a refusal, or a connection
 * that the server ends because its mailbox is gone, is part of it.
 */
final class RandomWriter implements Runnable {
    /** Never renamed or deleted, so that they can be selected: Dovecot ends the sessions of a mailbox that goes away. */
    static final List<String> LASTING =
            List.of("INBOX", "work", "work/reports", "lists", "archive", "to do", "&AOk-t&AOk-", "sent");

    /** Names that come and go; mailboxes with mailboxes below them are among them, and those are renamed too. */
    static final List<String> PASSING = List.of(
            "v1",
            "v2",
            "v3",
            "work/v1",
            "w1",
            "work/w1",
            "tree",
            "tree/leaf",
            "oak",
            "oak/leaf",
            "work/tree",
            "work/tree/leaf");

    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Seen", "\\Flagged", "\\Answered", "\\Draft", "$Forwarded", "keyword");
    /**
     * Dovecot 2.3 locks itself out for minutes when sessions take two mailboxes crosswise: what changes names, or moves messages
     * from one mailbox to another, is done alone.
     */
    private static final ReadWriteLock ALONE = new ReentrantReadWriteLock(true);

    private static final int MANY_MESSAGES = 40;

    private final int port;
    private final String user;
    private final Random random;
    private final AtomicInteger left;
    private final AtomicInteger refused;
    private ImapTestClient client;
    private String selected = "";
    private int messages;

    RandomWriter(int port, String user, long seed, AtomicInteger left, AtomicInteger refused) {
        this.port = port;
        this.user = user;
        this.random = new Random(seed);
        this.left = left;
        this.refused = refused;
        this.client = ImapTestClient.loggedIn(port, user);
    }

    @Override
    public void run() {
        while (left.getAndDecrement() > 0) {
            operate();
        }
        client.close();
    }

    private void operate() {
        int dice = random.nextInt(100);
        boolean oneMailbox = dice < 50 || (dice >= 66 && dice < 74);
        Lock lock = oneMailbox ? ALONE.readLock() : ALONE.writeLock();
        lock.lock();
        try {
            operate(dice);
        } finally {
            lock.unlock();
        }
    }

    private void operate(int dice) {
        if (dice < 24) {
            append(any());
        } else if (dice < 74) {
            changeSelected(dice);
        } else if (dice < 79) {
            run("CREATE " + quoted(passing()));
        } else if (dice < 84) {
            run("DELETE " + quoted(passing()));
        } else if (dice < 90) {
            run("RENAME " + quoted(passing()) + " " + quoted(passing()));
        } else if (dice < 95) {
            run("SUBSCRIBE " + quoted(any()));
        } else {
            run("UNSUBSCRIBE " + quoted(any()));
        }
    }

    private void changeSelected(int dice) {
        if (selected.isEmpty() || random.nextInt(8) == 0) {
            select(any());
        }
        if (messages == 0) {
            append(selected.isEmpty() ? "INBOX" : selected);
        } else if (messages > MANY_MESSAGES) {
            run("STORE 1:" + messages / 2 + " +FLAGS.SILENT (\\Deleted)");
            run("EXPUNGE");
        } else if (dice < 50) {
            run("STORE " + some() + (random.nextInt(3) == 0 ? " -" : " +") + "FLAGS (" + pick(FLAGS) + ")");
        } else if (dice < 58) {
            run("COPY " + some() + " " + quoted(any()));
        } else if (dice < 66) {
            run("MOVE " + some() + " " + quoted(any()));
        } else {
            run("STORE " + some() + " +FLAGS.SILENT (\\Deleted)");
            run("EXPUNGE");
        }
    }

    private void select(String mailbox) {
        selected = "";
        messages = 0;
        if (run("SELECT " + quoted(mailbox))) {
            selected = mailbox;
        }
    }

    private void append(String mailbox) {
        String flags = random.nextInt(4) == 0 ? " (" + pick(FLAGS) + ")" : "";
        String message = Messages.withSubject("random " + random.nextInt(1_000_000));
        run("APPEND " + quoted(mailbox) + flags + " {" + message.length() + "+}\r\n" + message);
    }

    /** True when it was done; a connection that the server ended is replaced. */
    private boolean run(String command) {
        try {
            Arrival tagged = tagged(client.send(command));
            if (!tagged.isEnd()) {
                boolean done = tagged.text().split(" ", 3)[1].equals("OK");
                refused.addAndGet(done ? 0 : 1);
                return done;
            }
        } catch (SocketTimeoutException e) {
            throw client.failure("no answer to " + command);
        } catch (IOException | AssertionError reset) {
            refused.incrementAndGet();
        }
        reconnect();
        return false;
    }

    private Arrival tagged(String tag) throws IOException {
        while (true) {
            Arrival arrival = client.read(ImapTestClient.PATIENCE);
            if (arrival.isEnd() || arrival.text().startsWith(tag + " ")) {
                return arrival;
            }
            follow(arrival.text());
        }
    }

    private void follow(String response) {
        if (response.endsWith(" EXISTS")) {
            messages = Integer.parseInt(response.split(" ", -1)[1]);
        } else if (response.endsWith(" EXPUNGE")) {
            messages--;
        }
    }

    private void reconnect() {
        client.close();
        client = ImapTestClient.loggedInAsSoonAsPossible(port, user);
        selected = "";
        messages = 0;
    }

    private String some() {
        int from = 1 + random.nextInt(Math.max(1, messages));
        int to = Math.min(Math.max(1, messages), from + random.nextInt(3));
        return from + ":" + to;
    }

    private String any() {
        return random.nextInt(10) < 7 ? pick(LASTING) : passing();
    }

    private String passing() {
        return pick(PASSING);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String quoted(String mailbox) {
        return '"' + mailbox + '"';
    }
}
