package org.imapnotify.it;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A client of the proxy, a writer on the server itself, and mailboxes whose names the server's kind allows. */
final class Stage implements AutoCloseable {
    /** Twenty poll intervals and more: the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    final ImapTestClient writer;
    final ImapTestClient client;
    private final EventCollector events;
    private final String prefix;

    Stage(ProxyProcess proxy, LegacyServer server, Variant variant, String user) {
        writer = ImapTestClient.loggedIn(server.port(), user);
        client = ImapTestClient.loggedIn(proxy.port(), user);
        events = EventCollector.of(client);
        prefix = variant == Variant.COURIER ? "INBOX." : "";
    }

    /** A mailbox's name as an astring. */
    String box(String name) {
        return '"' + prefix + name + '"';
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

    /** The writer marks a message of a mailbox. */
    void store(String box, int message, String flag) {
        writer.ok("SELECT " + box);
        writer.ok("STORE " + message + " +FLAGS (" + flag + ")");
    }

    void expunge(String box, int message) {
        store(box, message, "\\Deleted");
        writer.ok("EXPUNGE");
    }

    String await(String regex) {
        return events.await(regex, PATIENCE).text();
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
