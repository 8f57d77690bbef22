package org.imapnotify.app.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The other client: works directly on the legacy server and causes what the first client is told of. */
final class Mailer implements AutoCloseable {
    private final Conversation connection;

    Mailer(InetSocketAddress server) throws IOException {
        connection = new Conversation("the other client", server);
        connection.await("the greeting", line -> line.startsWith("* OK"), Mailer::silently);
        command("LOGIN " + LegacyServer.USER + " " + LegacyServer.PASSWORD);
    }

    /** What the server says it can do. */
    String capabilities() throws IOException {
        StringBuilder answer = new StringBuilder();
        connection.command("CAPABILITY", Mailer::silently, answer::append);
        return answer.toString();
    }

    void create(String mailbox) throws IOException {
        command("CREATE " + mailbox);
    }

    void append(String mailbox, String from, String subject) throws IOException {
        String message = "From: " + from + "\r\nSubject: " + subject + "\r\n\r\nHello.\r\n";
        int octets = message.getBytes(StandardCharsets.ISO_8859_1).length;
        command("APPEND " + mailbox + " {" + octets + "+}\r\n" + message);
    }

    void read(String mailbox, int message) throws IOException {
        command("SELECT " + mailbox);
        command("STORE " + message + " +FLAGS (\\Seen)");
        command("CLOSE");
    }

    void delete(String mailbox, int message) throws IOException {
        command("SELECT " + mailbox);
        command("STORE " + message + " +FLAGS (\\Deleted)");
        command("EXPUNGE");
        command("CLOSE");
    }

    private void command(String command) throws IOException {
        connection.command(command, Mailer::silently, Mailer::silently);
    }

    /** This client's conversation is not shown. */
    private static void silently(String line) {}

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
