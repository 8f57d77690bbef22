package org.imapnotify.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with NOTIFY that tells of one message more to each client, and then closes the connection. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening;
    private final AtomicInteger connections = new AtomicInteger();

    ScriptedServer() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serveAll, "scripted");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "imap://127.0.0.1:" + listening.getLocalPort();
    }

    private void serveAll() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                serve(client, connections.incrementAndGet());
            } catch (IOException gone) {
                // the next one
            }
        }
    }

    private static void serve(Socket client, int connection) throws IOException {
        say(client, "* OK [CAPABILITY IMAP4rev1 NOTIFY] ready");
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        String line;
        while ((line = lines.readLine()) != null) {
            String[] words = line.split(" ", 3);
            switch (words[1]) {
                case "LOGIN" -> say(client, words[0] + (line.contains("wrong") ? " NO no" : " OK done"));
                case "CAPABILITY" -> say(client, "* CAPABILITY IMAP4rev1 NOTIFY\r\n" + words[0] + " OK done");
                case "NOTIFY" -> {
                    say(client, words[0] + " OK done\r\n* STATUS Work (MESSAGES " + connection + " UNSEEN 0)");
                    return;
                }
                default -> say(client, words[0] + " OK done");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
