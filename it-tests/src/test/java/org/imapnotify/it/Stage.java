package org.imapnotify.it;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A client of the proxy, a writer on the server itself, and mailboxes whose names the server's kind allows. */
final class Stage implements AutoCloseable {
    /** Twenty poll intervals and more: the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    /** For what is expected not to come. */
    static final Duration SHORT = Duration.ofSeconds(2);

    final ImapTestClient writer;
    final ImapTestClient client;
    final String user;
    private final int port;
    private final EventCollector events;
    private final LegacyServer server;
    private final Relay relay;
    private final Duration patience;
    private final String owner;
    private final String prefix;
    private final char delimiter;

    /**
     * @param relay between the proxy and the server
     * @param patience how long anything is waited for
     */
    Stage(ProxyProcess proxy, Relay relay, LegacyServer server, Variant variant, String user, Duration patience) {
        this.patience = patience;
        this.owner = variant == Variant.COURIER ? "owner" : user;
        this.writer = ImapTestClient.loggedIn(server.port(), user);
        this.client = ImapTestClient.loggedIn(proxy.port(), user);
        this.user = user;
        this.port = proxy.port();
        this.events = EventCollector.of(client);
        this.server = server;
        this.relay = relay;
        this.prefix = variant == Variant.COURIER ? "INBOX." : "";
        this.delimiter = variant == Variant.COURIER || variant == Variant.GREENMAIL ? '.' : '/';
    }

    /** A further client of the same user. */
    ImapTestClient another(int port) {
        return ImapTestClient.loggedIn(port, user);
    }

    /** Of the proxy. */
    int port() {
        return port;
    }

    /** Another proxy before the same server. */
    ProxyProcess proxy(String... arguments) {
        return ProxyProcess.before(server, arguments);
    }

    /** All watch connections, whose tags begin so. */
    void cutWatching() {
        relay.cut('w');
    }

    /** A mailbox's name as an astring. */
    String box(String name) {
        return '"' + prefix + name + '"';
    }

    /** The name of a mailbox below another. */
    String child(String name, String below) {
        return box(name + delimiter + below);
    }

    String created(String name) {
        writer.ok("CREATE " + box(name));
        return box(name);
    }

    String createdWithMessages(String name, int count) {
        String box = created(name);
        for (int i = 1; i <= count; i++) {
            writer.append(box, Messages.withSubject("old " + i));
        }
        return box;
    }

    /** imap4d makes UIDVALIDITY of the time: two mailboxes of one second would have the same. */
    void awaitNextSecond() {
        long second = Instant.now().getEpochSecond();
        Awaitility.await().until(() -> Instant.now().getEpochSecond() > second);
    }

    /** Runs a command of the client to its OK; gives all that has come by then since the client logged in. */
    List<String> ok(String command) {
        String tag = client.send(command);
        if (!await(tag + " .*").startsWith(tag + " OK")) {
            throw client.failure("not OK: " + command);
        }
        return texts();
    }

    /** The user keeps the rights to see the mailbox's name and to change its rights. */
    void loseRightToRead(String box) {
        writer.ok("SETACL " + box + " " + owner + " la");
    }

    /** The writer marks a message of a mailbox. */
    void store(String box, int message, String flag) {
        writer.ok("SELECT " + box);
        writer.ok("STORE " + message + " +FLAGS (" + flag + ")");
    }

    void expunge(String box, int message) {
        store(box, message, "\\Deleted");
        writer.ok("EXPUNGE");
    }

    /** The client appends a message itself; without LITERAL+, which not all servers have. */
    void appendItself(String box, String message) {
        String tag = client.send("APPEND " + box + " {" + message.length() + "}");
        await("\\+.*");
        client.raw(message + "\r\n");
        await(tag + " OK.*");
    }

    /** May have come already. */
    void awaitAny(String regex) {
        if (count(regex) == 0) {
            await(regex);
        }
    }

    String await(String regex) {
        return events.await(regex, patience).text();
    }

    void awaitStatus(String box, String items) {
        await(status(box, items));
    }

    /** Servers quote names or do not. */
    static String status(String box, String items) {
        return "\\* STATUS " + named(box) + " \\(.*" + items + "\\b.*";
    }

    static String named(String box) {
        return "(" + Pattern.quote(box) + "|" + Pattern.quote(box.substring(1, box.length() - 1)) + ")";
    }

    List<String> texts() {
        return events.texts();
    }

    long count(String regex) {
        return texts().stream().filter(text -> text.matches("(?is)" + regex)).count();
    }

    @Override
    public void close() {
        client.close();
        writer.close();
    }
}
