package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that says on each connection what a test has written for it, right or wrong, and keeps what it heard. */
final class ScriptedUpstream implements AutoCloseable {
    static final String GREETING = "* OK [CAPABILITY IMAP4rev1] ready\r\n";

    /** What happens on one connection; when it is over, the connection stays until the proxy closes it. */
    interface Play {
        void with(Talk talk) throws IOException;
    }

    private final ServerSocket listener;
    private final BlockingQueue<Play> plays = new LinkedBlockingQueue<>();
    private final List<Talk> talks = new CopyOnWriteArrayList<>();

    ScriptedUpstream() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connection goes like this. */
    void next(Play play) {
        plays.add(play);
    }

    /** How many connections there were. */
    int connections() {
        return talks.size();
    }

    /** What was heard on the latest connection. */
    String heard() {
        return talks.get(talks.size() - 1).heard.toString();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Talk talk = new Talk(listener.accept());
                talks.add(talk);
                start(() -> play(talk));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void play(Talk talk) {
        try {
            plays.take().with(talk);
            while (!talk.socket.isClosed() && talk.octet() >= 0) {
                Thread.onSpinWait(); // hears the proxy out
            }
            talk.close();
        } catch (IOException e) {
            System.out.println("[it] scripted upstream: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted upstream");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Talk talk : talks) {
                talk.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, from the server's side. */
    static final class Talk {
        private final Socket socket;
        private final InputStream in;
        /** Read by the test's thread, too. */
        @SuppressWarnings("JdkObsolete") // StringBuffer: one thread appends, another one reads
        private final StringBuffer heard = new StringBuffer();

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        void say(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
        }

        /** Greets, and accepts a login: the way to a session. */
        void logIn() throws IOException {
            say(GREETING);
            say(tag() + " OK [CAPABILITY IMAP4rev1 LITERAL+] in\r\n");
        }

        /** The tag of the next command, which is read to its line's end. */
        String tag() throws IOException {
            int from = heard.length();
            int octet = octet();
            while (octet >= 0 && octet != '\n') {
                octet = octet();
            }
            return heard.substring(from).split(" ", 2)[0];
        }

        void hear(int octets) throws IOException {
            for (int i = 0; i < octets; i++) {
                octet();
            }
        }

        private int octet() throws IOException {
            int octet = in.read();
            if (octet >= 0) {
                heard.append((char) octet);
            }
            return octet;
        }

        void close() throws IOException {
            socket.close();
        }

        /** As the kernel does for a process that is killed with octets unread. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
