package org.imapnotify.netty;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text from outside on its way into a log line: nothing in it can end the line, move the cursor or pass for another field. */
final class LogText {
    private static final int LONGEST = 160; // as Dovecot cuts it

    /** {@code finishConnect(..) failed with error(-111): Connection refused: localhost/127.0.0.1:143}, all but the middle optional. */
    private static final Pattern DUMP = Pattern.compile(
            "(?:\\w+\\(\\.\\.\\) failed(?: with error\\(-?[0-9]+\\))?: )?(.+?)(?:: [^ :/]*/\\[?[0-9a-fA-F:.%]+\\]?:[0-9]+)?");

    private LogText() {}

    /** What went wrong, for humans: the message, or the kind of error where there is none. */
    static String of(Throwable cause) {
        return of(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), false);
    }

    /**
     * Why a channel could not be opened, for humans: native transports tell the system call and its number too, and everybody
     * repeats the address, which the reader has just been told.
     */
    static String reason(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "unknown host";
        }
        String text = of(cause);
        Matcher dump = DUMP.matcher(text);
        return dump.matches() ? dump.group(1) : text;
    }

    /** Why a TLS handshake failed, for humans; the octets of a peer that spoke something else are not shown. */
    static String tls(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "it does not speak TLS";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "it did not end its handshake in time";
        }
        if (cause instanceof ClosedChannelException) {
            return "it closed the connection";
        }
        return reason(root(cause));
    }

    /** PKIX wraps what is wrong with a certificate several times. */
    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** A sentence that ours and others' words are in. */
    static String text(String octets) {
        return of(octets, false);
    }

    /** {@code 127.0.0.1:143}, {@code [::1]:143}. */
    static String of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip == null ? address.getHostString() : ip.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The address alone, without its port. */
    static String host(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    /** A peer's address for a log line; a channel that is closed already may not know it any more. */
    static String of(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? of(inet) : "unknown";
    }

    /** @param octets octets as a Latin-1 string */
    static String of(String octets) {
        return of(octets, true);
    }

    /** A line of a conversation, whole, with its spaces and quotes. */
    static String line(String octets) {
        return of(octets, false, Integer.MAX_VALUE);
    }

    private static String of(String octets, boolean field) {
        return of(octets, field, LONGEST);
    }

    private static String of(String octets, boolean field, int longest) {
        return octets.length() <= longest && isPlain(octets, field) ? octets : escaped(octets, field, longest);
    }

    private static boolean isPlain(String octets, boolean field) {
        for (int i = 0; i < octets.length(); i++) {
            if (!isPlain(octets.charAt(i), field)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c, boolean field) {
        return c >= ' ' && c < 0x7f && !(field && " \"\\,=<>".indexOf(c) >= 0);
    }

    private static String escaped(String octets, boolean field, int longest) {
        StringBuilder text = new StringBuilder(Math.min(octets.length(), longest));
        for (int i = 0; i < octets.length() && text.length() < longest; i++) {
            char c = octets.charAt(i);
            text.append(isPlain(c, field) ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return text.toString();
    }
}
