package org.imapnotify.it.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An IMAP server that knows just enough to be measured against: it answers from memory, so that the proxy is what takes time. */
final class StubUpstream implements AutoCloseable {
    static final int LITERAL = 10 * 1024 * 1024;
    private static final String CAPABILITIES =
            "IMAP4rev1 LITERAL+ IDLE ENABLE NAMESPACE UNSELECT LIST-EXTENDED LIST-STATUS";

    private final ServerSocket listener;
    private final byte[] literal = new byte[LITERAL];
    private final Consumer<String> logins;
    private final Map<Socket, String> clients = new ConcurrentHashMap<>();

    StubUpstream() throws IOException {
        this(0, login -> {});
    }

    /**
     * @param port 0 for any
     * @param logins told what is said behind LOGIN, on a thread of the connection's
     */
    StubUpstream(int port, Consumer<String> logins) throws IOException {
        this.logins = logins;
        listener = new ServerSocket(port, 4096, InetAddress.getLoopbackAddress());
        java.util.Arrays.fill(literal, (byte) 'x');
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end of the run
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(null, work, "stub", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        clients.put(client, "");
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
            OutputStream out = new BatchedOutput(client.getOutputStream(), in);
            out.write(octets("* OK [CAPABILITY " + CAPABILITIES + "] stub ready\r\n"));
            out.flush();
            String line = Lines.read(in);
            while (line != null && answer(line, client, in, out)) {
                out.flush();
                line = Lines.read(in);
            }
            out.flush();
        } catch (IOException gone) {
            // a client of the measurement has left
        } finally {
            clients.remove(client);
        }
    }

    private boolean answer(String line, Socket client, InputStream in, OutputStream out) throws IOException {
        String[] words = line.split(" ", 3);
        String tag = words[0];
        switch (words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT)) {
            case "LOGIN" -> {
                clients.replace(client, words[2]);
                logins.accept(words[2]);
                out.write(octets(tag + " OK [CAPABILITY " + CAPABILITIES + "] in\r\n"));
            }
            case "SELECT", "EXAMINE" -> out.write(octets("* 1 EXISTS\r\n" + tag + " OK [READ-WRITE] done\r\n"));
            case "NAMESPACE" -> out.write(octets("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n" + tag + " OK done\r\n"));
            case "LIST" -> out.write(octets(mailboxes() + tag + " OK done\r\n"));
            case "IDLE" -> {
                out.write(octets("+ idling\r\n"));
                out.flush();
                Lines.read(in);
                out.write(octets(tag + " OK done\r\n"));
            }
            case "FETCH" -> {
                out.write(octets("* 1 FETCH (BODY[] {" + LITERAL + "}\r\n"));
                out.write(literal);
                out.write(octets(")\r\n" + tag + " OK done\r\n"));
            }
            case "APPEND" -> {
                in.skipNBytes(LITERAL);
                Lines.read(in);
                out.write(octets(tag + " OK done\r\n"));
            }
            case "LOGOUT" -> {
                out.write(octets("* BYE out\r\n" + tag + " OK done\r\n"));
                return false;
            }
            default -> out.write(octets(tag + " OK done\r\n"));
        }
        return true;
    }

    private static String mailboxes() {
        StringBuilder lines = new StringBuilder(
                "* LIST () \"/\" INBOX\r\n* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1 UNSEEN 0)\r\n");
        for (int i = 1; i < 20; i++) {
            lines.append("* LIST () \"/\" m").append(i).append("\r\n* STATUS m").append(i);
            lines.append(" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1 UNSEEN 0)\r\n");
        }
        return lines.toString();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends the connections whose LOGIN fits, without a word. */
    void cut(Predicate<String> login) throws IOException {
        for (Map.Entry<Socket, String> each : clients.entrySet()) {
            if (login.test(each.getValue())) {
                each.getKey().close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
