package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a socket's octets into responses. What has come of a response when patience ends is kept for the next call. */
final class ResponseReader {
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)\\}\r\n", Pattern.DOTALL);
    /** Status responses end in free text, which may look like a literal. */
    private static final Pattern STATUS = Pattern.compile("(\\+|\\S+ (OK|NO|BAD|BYE|PREAUTH)) .*", Pattern.DOTALL);

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long literalLeft;

    ResponseReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    Arrival read(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            int octet = octet(deadline);
            if (octet < 0) {
                if (held.size() > 0) {
                    throw new EOFException("closed inside a response: " + held.toString(ISO_8859_1));
                }
                return Arrival.end();
            }
            held.write(octet);
            if (literalLeft > 0) {
                literalLeft--;
            } else if (octet == '\n' && endsResponse()) {
                String text = held.toString(ISO_8859_1);
                held.reset();
                return new Arrival(
                        text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)), System.nanoTime());
            }
        }
    }

    InputStream octets() {
        return in;
    }

    private boolean endsResponse() {
        String text = held.toString(ISO_8859_1);
        Matcher literal = LITERAL.matcher(text);
        if (STATUS.matcher(text).matches() || !literal.matches()) {
            return true;
        }
        literalLeft = Long.parseLong(literal.group(1));
        return false;
    }

    private int octet(long deadline) throws IOException {
        if (in.available() == 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
        }
        return in.read();
    }
}
