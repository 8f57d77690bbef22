package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;

/**
 * A blocking IMAP client that shows what is on the wire: octets as Latin-1, a response with its literals as one text.
 * What goes either way is recorded and becomes part of every failure.
 */
final class ImapTestClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Transcript transcript = new Transcript();
    private Socket socket;
    private ResponseReader reader;
    private int lastTag;

    private ImapTestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new ResponseReader(socket);
    }

    /** Connects without waiting for a greeting. */
    static ImapTestClient open(int port) {
        return open(InetAddress.getLoopbackAddress(), port);
    }

    private static ImapTestClient open(InetAddress address, int port) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), 5000);
            return new ImapTestClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and takes the greeting. */
    static ImapTestClient connect(int port) {
        return connect(InetAddress.getLoopbackAddress(), port);
    }

    static ImapTestClient connect(InetAddress address, int port) {
        ImapTestClient client = open(address, port);
        client.expect("\\* (OK|PREAUTH) .*");
        return client;
    }

    /** Implicit TLS; the certificate must be good for {@code host}. */
    static ImapTestClient connectTls(int port, SSLContext trust, String host) {
        ImapTestClient client = open(port);
        client.handshake(trust, host);
        client.expect("\\* OK .*");
        return client;
    }

    static ImapTestClient loggedIn(int port, String user) {
        ImapTestClient client = connect(port);
        client.ok("LOGIN " + user + " " + LegacyServer.PASSWORD);
        return client;
    }

    /** As {@link #loggedIn}, at a server that may be starting just now. */
    static ImapTestClient loggedInAsSoonAsPossible(int port, String user) {
        AtomicReference<ImapTestClient> client = new AtomicReference<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(notYet -> notYet instanceof UncheckedIOException)
                .untilAsserted(() -> client.set(loggedIn(port, user)));
        return client.get();
    }

    void startTls(SSLContext trust, String host) {
        ok("STARTTLS");
        handshake(trust, host);
    }

    void handshake(SSLContext trust, String host) {
        try {
            SSLSocket secured = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
            var parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            socket = secured;
            reader = new ResponseReader(secured);
            transcript.note("TLS " + secured.getSession().getProtocol());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command under a fresh tag without waiting for anything. */
    String send(String command) {
        String tag = "t" + ++lastTag;
        raw(tag + " " + command + "\r\n");
        return tag;
    }

    /** Sends octets as they are. */
    void raw(String octets) {
        transcript.sent(octets);
        write(octets.getBytes(ISO_8859_1));
    }

    void write(byte[] octets) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(octets);
            out.flush();
        } catch (IOException e) {
            throw transcript.failure("cannot write: " + e);
        }
    }

    /** Runs a command to its OK; gives all responses, the tagged one last. */
    List<String> ok(String command) {
        return completed(send(command), "OK");
    }

    /** Reads up to the tagged response, which must begin with {@code condition}. */
    List<String> completed(String tag, String condition) {
        List<String> responses = new ArrayList<>();
        do {
            responses.add(next(PATIENCE).text());
        } while (!responses.get(responses.size() - 1).startsWith(tag + " "));
        String tagged = responses.get(responses.size() - 1);
        if (!tagged.startsWith(tag + " " + condition)) {
            throw transcript.failure("expected " + tag + " " + condition + " but got " + tagged);
        }
        return responses;
    }

    /** Reads until a response matches; what comes before it is passed over. */
    Arrival expect(String regex) {
        return expect(regex, PATIENCE);
    }

    Arrival expect(String regex, Duration patience) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Arrival arrival = next(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())), regex);
            if (pattern.matcher(arrival.text()).matches()) {
                return arrival;
            }
        }
    }

    /** The next response, whatever it is. */
    Arrival next(Duration patience) {
        return next(patience, "a response");
    }

    private Arrival next(Duration patience, String awaited) {
        try {
            Arrival arrival = read(patience);
            if (arrival.isEnd()) {
                throw transcript.failure("the connection was closed, expected " + awaited);
            }
            return arrival;
        } catch (SocketTimeoutException e) {
            throw transcript.failure("not within " + patience.toMillis() + " ms: " + awaited);
        } catch (IOException e) {
            throw transcript.failure(e + ", expected " + awaited);
        }
    }

    /** The end of the connection; responses before it are passed over. */
    void expectClosed(Duration patience) {
        try {
            while (!read(patience).isEnd()) {
                transcript.note("passed over");
            }
        } catch (SocketTimeoutException e) {
            throw transcript.failure("not closed within " + patience.toMillis() + " ms");
        } catch (IOException e) {
            transcript.note("closed with " + e);
        }
    }

    /** All octets up to the end of the connection, however it ends. */
    String rest() {
        StringBuilder octets = new StringBuilder();
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            int octet;
            while ((octet = reader.octets().read()) >= 0) {
                octets.append((char) octet);
            }
        } catch (SocketTimeoutException e) {
            throw transcript.failure("not closed within " + PATIENCE.toMillis() + " ms, after " + octets);
        } catch (IOException e) {
            transcript.note("closed with " + e);
        }
        transcript.received(octets.toString());
        return octets.toString();
    }

    /** Goes without a word: the kernel says to the other side that nobody is there any more. */
    void abort() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Arrival read(Duration patience) throws IOException {
        Arrival arrival = reader.read(patience);
        transcript.received(arrival.text());
        return arrival;
    }

    void append(String mailbox, String message) {
        completed(appendWithoutWaiting(mailbox, message), "OK");
    }

    /** APPEND with a synchronising literal, which every server takes. */
    String appendWithoutWaiting(String mailbox, String message) {
        String tag = send("APPEND " + mailbox + " {" + message.length() + "}");
        expect("\\+ .*");
        raw(message + "\r\n");
        return tag;
    }

    /** What is behind the responses read so far; for literals too large to hold. */
    InputStream octets() {
        return reader.octets();
    }

    int localPort() {
        return socket.getLocalPort();
    }

    AssertionError failure(String message) {
        return transcript.failure(message);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
