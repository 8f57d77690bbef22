package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import org.imapnotify.wire.CommandName;
import org.jspecify.annotations.Nullable;

/**
 * The client's commands that the upstream has not completed yet, oldest first. A ring, because servers nearly always
 * complete in order: the first comparison hits.
 */
final class CommandsInFlight {
    /** So many commands may be open before the client has to wait: memory is bounded, and no client pipelines more. */
    private static final int MOST = 1024;

    private static final int MOST_OCTETS = 256 * 1024;

    /** The same of clients that have not logged in: there may be many of them, and each may be after the memory. */
    private static final int MOST_BEFORE_LOGIN = 64;

    private static final int MOST_OCTETS_BEFORE_LOGIN = 16 * 1024;

    /**
     * One command.
     *
     * @param tag as the client wrote it
     * @param capture its octets where they matter at its completion
     * @param condstore it enables CONDSTORE when it succeeds
     */
    record Command(Tag tag, CommandName name, @Nullable Capture capture, boolean condstore) {}

    private @Nullable Command[] ring = new @Nullable Command[4];
    private int head;
    private int size;
    private int octets;
    private int listing;
    private int mayFetch;
    private int changing;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** True when no more can be remembered until some of these are completed. */
    boolean isFull(boolean authenticated) {
        return authenticated
                ? size >= MOST || octets >= MOST_OCTETS
                : size >= MOST_BEFORE_LOGIN || octets >= MOST_OCTETS_BEFORE_LOGIN;
    }

    /** True while a command is open whose answers look like what NOTIFY would send (LIST, LSUB, STATUS; N-154). */
    boolean listing() {
        return listing > 0;
    }

    /** True while a command is open to which FETCH responses belong (FETCH, STORE and their relatives). */
    boolean mayFetch() {
        return mayFetch > 0;
    }

    /** True while a command is open that changes names or mailboxes that are not selected: whose change it is will show. */
    boolean changesOthers() {
        return changing > 0;
    }

    /** True while a command of this name is open. */
    boolean has(CommandName name) {
        for (int i = 0; i < size; i++) {
            if (at(i).name() == name) {
                return true;
            }
        }
        return false;
    }

    /** The command that the upstream is most likely at work on, null when none is open. */
    @Nullable
    Command oldest() {
        return size == 0 ? null : at(0);
    }

    void add(Command command) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = command;
        size++;
        octets += kept(command);
        count(command.name(), 1);
    }

    /** Keeps octets of a command that was added. */
    void keep(Capture capture, ByteBuf buf, int from, int length) {
        int before = capture.length();
        capture.add(buf, from, length);
        octets += capture.length() - before;
    }

    private static int kept(Command command) {
        Capture capture = command.capture();
        return command.tag().length() + (capture == null ? 0 : capture.length());
    }

    /** Takes out the command with the tag that stands at {@code from..to}; null when no such command is open. */
    @Nullable
    Command complete(ByteBuf buf, int from, int to) {
        for (int i = 0; i < size; i++) {
            Command command = at(i);
            if (command.tag().equalsOctets(buf, from, to)) {
                remove(i);
                octets -= kept(command);
                count(command.name(), -1);
                return command;
            }
        }
        return null;
    }

    private void count(CommandName name, int delta) {
        switch (name) {
            case LIST, LSUB, XLIST, STATUS, SELECT, EXAMINE -> listing += delta;
            case FETCH, STORE, UID_FETCH, UID_STORE -> mayFetch += delta;
            case APPEND, COPY, UID_COPY, MOVE, UID_MOVE -> changing += delta;
            case CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE, SETMETADATA -> changing += delta;
            default -> {}
        }
    }

    private Command at(int i) {
        Command command = ring[(head + i) & (ring.length - 1)];
        if (command == null) {
            throw new IllegalStateException("hole in the ring of commands at " + i);
        }
        return command;
    }

    private void remove(int index) {
        int mask = ring.length - 1;
        for (int i = index; i > 0; i--) {
            ring[(head + i) & mask] = ring[(head + i - 1) & mask];
        }
        ring[head] = null;
        head = (head + 1) & mask;
        size--;
    }

    private void grow() {
        @Nullable Command[] larger = new @Nullable Command[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        ring = larger;
        head = 0;
    }
}
