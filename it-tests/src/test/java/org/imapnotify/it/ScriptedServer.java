package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small IMAP server in this process that behaves like the server of a profile. One user, messages are numbers. */
final class ScriptedServer implements AutoCloseable {
    /** Counters of one mailbox. */
    static final class Box {
        long messages;
        long uidNext = 1;
        long uidValidity = 7;
        long unseen;
    }

    private final ScriptedProfile profile;
    private final ServerSocket listener;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private ScriptedServer(ScriptedProfile profile, ServerSocket listener) {
        this.profile = profile;
        this.listener = listener;
    }

    static ScriptedServer start(ScriptedProfile profile, String... mailboxes) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            ScriptedServer server = new ScriptedServer(profile, listener);
            server.boxes.put("INBOX", new Box());
            List.of(mailboxes).forEach(name -> server.boxes.put(name, new Box()));
            Thread accepting = new Thread(server::accept, "scripted-" + listener.getLocalPort());
            accepting.setDaemon(true);
            accepting.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                ScriptedConnection connection = new ScriptedConnection(this, socket);
                connections.add(connection);
                Thread serving = new Thread(connection, "scripted-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    String url() {
        return "imap://127.0.0.1:" + listener.getLocalPort();
    }

    ScriptedProfile profile() {
        return profile;
    }

    /** A message is delivered. */
    synchronized void deliver(String mailbox) {
        Box box = box(mailbox);
        box.messages++;
        box.uidNext++;
        box.unseen++;
        connections.forEach(connection -> connection.onDelivered(mailbox, box.messages));
    }

    private Box box(String mailbox) {
        return Objects.requireNonNull(boxes.get(mailbox), mailbox);
    }

    synchronized long messages(String mailbox) {
        return box(mailbox).messages;
    }

    synchronized List<String> mailboxes() {
        return new ArrayList<>(boxes.keySet());
    }

    synchronized boolean has(String mailbox) {
        return boxes.containsKey(mailbox);
    }

    synchronized String status(String mailbox) {
        Box box = box(mailbox);
        if (profile.has(ScriptedProfile.Quirk.RAISES_UIDS) && box.messages > 0) {
            box.uidNext += 2;
            box.uidValidity++;
        }
        return "* STATUS \"" + mailbox + "\" (MESSAGES " + box.messages + " UIDNEXT " + box.uidNext + " UIDVALIDITY "
                + box.uidValidity + " UNSEEN " + box.unseen + ")";
    }

    /** Something that the server was made angry by. */
    void fault(String what) {
        faults.add(what);
    }

    List<String> faults() {
        return faults;
    }

    /** All commands of all connections, without their tags. */
    List<String> commands() {
        return connections.stream()
                .flatMap(connection -> connection.commands().stream())
                .toList();
    }

    long open() {
        return connections.stream().filter(ScriptedConnection::isOpen).count();
    }

    /** Those in IDLE on this mailbox. */
    long idling(String mailbox) {
        return connections.stream()
                .filter(connection -> connection.isIdlingOn(mailbox))
                .count();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(ScriptedConnection::close);
    }
}
