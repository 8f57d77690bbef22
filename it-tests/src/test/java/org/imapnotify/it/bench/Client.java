package org.imapnotify.it.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One IMAP client of the measurement, logged in. */
final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Client(int port, String user) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
        Lines.read(in);
        command("LOGIN " + user + " pass");
        command("SELECT INBOX");
    }

    void command(String command) throws IOException {
        out.write(("a " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        await(1);
    }

    /** So many NOOPs in one write, and all their answers. */
    void noops(int inFlight) throws IOException {
        out.write("a NOOP\r\n".repeat(inFlight).getBytes(StandardCharsets.US_ASCII));
        await(inFlight);
    }

    void fetch() throws IOException {
        out.write("a FETCH 1 BODY[]\r\n".getBytes(StandardCharsets.US_ASCII));
        Lines.read(in);
        in.skipNBytes(StubUpstream.LITERAL);
        await(1);
    }

    void append(byte[] literal) throws IOException {
        out.write(("a APPEND m1 {" + literal.length + "+}\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(literal);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        await(1);
    }

    /** Reads what comes until nothing does. */
    void untilClosed() throws IOException {
        String line = Lines.read(in);
        while (line != null) {
            line = Lines.read(in);
        }
    }

    private void await(int completions) throws IOException {
        int left = completions;
        while (left > 0) {
            String line = Lines.read(in);
            if (line == null) {
                throw new EOFException("the connection was closed");
            }
            if (line.startsWith("a ")) {
                left--;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
