package org.imapnotify.it;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that registers and from then on never asks: it waits, in IDLE or between commands, and some select another
 * mailbox now and then. Everything on its wire goes to a file in {@code target/random-run}.
 */
final class NotifyingClient implements Runnable, AutoCloseable {
    /** How it passes its time. */
    enum Habit {
        /** Renews IDLE now and then. */
        IDLES,
        /** Sends nothing, but a LIST that asks for the delimiter. */
        WAITS,
        /** Selects another mailbox now and then, and idles there every other time. */
        SWITCHES
    }

    /** The session is over. */
    private static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean withBye;

        Gone(boolean withBye) {
            this.withBye = withBye;
        }
    }

    private static final Duration LOOK = Duration.ofMillis(50);

    private final int port;
    private final String user;
    private final Promise promise;
    private final ClientModel model;
    private final Habit habit;
    private final String name;
    private final Random random;
    private final PrintStream log;
    private final long start = System.nanoTime();
    private ImapTestClient client;
    private final String home;
    private volatile boolean mayReturn;
    private final AtomicInteger returns = new AtomicInteger();
    private volatile boolean restless = true;
    private volatile boolean stopped;
    private volatile String failure = "";
    private String idle = "";

    /** @param mailbox is selected before the registration, unless it is empty */
    NotifyingClient(int port, String user, Promise promise, Habit habit, String mailbox, ServerState state, long seed) {
        this.port = port;
        this.user = user;
        this.promise = promise;
        this.habit = habit;
        this.home = mailbox;
        this.name = promise.name();
        this.random = new Random(seed);
        this.log = log(promise.name());
        this.model = new ClientModel(promise);
        this.client = ImapTestClient.loggedIn(port, user);
        enable();
        model.startsFrom(state);
        try {
            if (!mailbox.isEmpty()) {
                select(mailbox);
            }
            register();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enable() {
        if (!promise.enable().isEmpty()) {
            client.ok("ENABLE " + promise.enable());
        }
    }

    private void register() throws IOException {
        model.doing(ClientModel.Doing.REGISTERING);
        run(promise.command());
    }

    /** From here on the server may end the session, with BYE; then the client comes back by itself. */
    void mayReturn() {
        mayReturn = true;
    }

    /** How often it had to log in again. */
    int returns() {
        return returns.get();
    }

    /** Registers and then asks what there is: in this order nothing can be missed (RFC 5465, erratum 2318). */
    private void comeBack() throws IOException {
        client.close();
        idle = "";
        returns.incrementAndGet();
        model.startsAnew();
        client = ImapTestClient.loggedInAsSoonAsPossible(port, user);
        log.println(millis() + " -- logged in again");
        enable();
        register();
        model.doing(ClientModel.Doing.ASKING);
        String modSeq = promise.condstoreEnabled() ? " HIGHESTMODSEQ" : "";
        run("LIST \"\" \"*\" RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES UIDNEXT UIDVALIDITY UNSEEN" + modSeq + "))");
        if (!home.isEmpty()) {
            select(home);
        }
    }

    private static PrintStream log(String name) {
        try {
            Path folder = Files.createDirectories(RandomRun.LOGS);
            return new PrintStream(Files.newOutputStream(folder.resolve(name + ".log")), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    ClientModel model() {
        return model;
    }

    /** No more commands: from here on it only reads. */
    void settle() {
        restless = false;
    }

    /** Why it ended before its time; empty when it did not. */
    String failure() {
        return failure;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                live();
            } catch (Gone e) {
                comeBackFrom(e);
            } catch (RuntimeException | AssertionError | IOException e) {
                failure = e.toString();
                return;
            }
        }
    }

    private void comeBackFrom(Gone gone) {
        try {
            if (stopped) {
                return;
            }
            if (!mayReturn || !gone.withBye) {
                throw client.failure("the connection was closed " + (gone.withBye ? "with BYE" : "without BYE"));
            }
            comeBack();
        } catch (RuntimeException | AssertionError | IOException e) {
            failure = e.toString();
            stopped = true;
        }
    }

    private void live() throws IOException {
        long next = pause();
        while (!stopped) {
            read("");
            if (restless && System.nanoTime() - next >= 0) {
                act();
                next = pause();
            }
        }
    }

    private long pause() {
        return System.nanoTime() + Duration.ofMillis(200 + random.nextInt(2500)).toNanos();
    }

    private void act() throws IOException {
        boolean wasIdling = !idle.isEmpty();
        if (wasIdling) {
            String tag = idle;
            idle = "";
            sent("DONE");
            client.raw("DONE\r\n");
            await(tag);
        }
        if (habit == Habit.SWITCHES && random.nextBoolean()) {
            select(RandomWriter.LASTING.get(random.nextInt(RandomWriter.LASTING.size())));
        } else if (habit == Habit.WAITS) {
            model.doing(ClientModel.Doing.LISTING);
            run("LIST \"\" \"\"");
        }
        if (habit == Habit.IDLES || (habit == Habit.SWITCHES && !wasIdling)) {
            idle = send("IDLE");
        }
    }

    private void select(String mailbox) throws IOException {
        model.selects(mailbox);
        run("SELECT \"" + mailbox + "\"");
        model.doing(ClientModel.Doing.FETCHING);
        run("UID FETCH 1:* (FLAGS)");
    }

    private void run(String command) throws IOException {
        await(send(command));
    }

    private String send(String command) {
        sent(command);
        return client.send(command);
    }

    private void await(String tag) throws IOException {
        long deadline = System.nanoTime() + ImapTestClient.PATIENCE.toNanos();
        while (!read(tag)) {
            if (System.nanoTime() - deadline > 0) {
                throw client.failure("no answer to " + tag);
            }
        }
    }

    /** Takes one response if there is one; true when it completes the command. */
    private boolean read(String tag) throws IOException {
        Arrival arrival;
        try {
            arrival = client.read(LOOK);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (arrival.isEnd()) {
            throw new Gone(false);
        }
        String text = arrival.text();
        log.println(millis() + " S: " + (text.length() > 400 ? text.substring(0, 400) + "..." : text));
        if (text.startsWith("* BYE ")) {
            throw new Gone(true);
        } else if (text.startsWith("* ")) {
            model.on(text);
        } else if (!tag.isEmpty() && text.startsWith(tag + " ")) {
            model.completed(text.startsWith(tag + " OK"));
            return true;
        } else if (!text.startsWith("+ ") || idle.isEmpty()) {
            throw client.failure("out of order: " + text);
        }
        return false;
    }

    private void sent(String command) {
        log.println(millis() + " C: " + command);
    }

    private long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** The faults of what it believes. */
    List<String> faults(ServerState server) {
        List<String> faults = model.faults(server);
        if (!failure.isEmpty()) {
            faults.add(failure);
        }
        return faults;
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
        log.close();
    }
}
