package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Fragmenter.Kind;

/**
 * One session's conversation as lines for the operator: {@code C:} and {@code S:} as client and upstream say it, {@code proxy C:}
 * what the proxy says to the upstream and {@code proxy S:} what it says to the client by itself. Literals are left out, and so is
 * what belongs to a login ({@link TraceMask}).
 */
final class SessionTrace {
    private final String prefix;
    private final long until;
    private final Consumer<String> lines;
    private final TraceMask mask = new TraceMask();
    private boolean clientHeld;
    private boolean upstreamHeld;
    private boolean clientSecret;

    SessionTrace(String prefix, long until, Consumer<String> lines) {
        this.prefix = prefix;
        this.until = until;
        this.lines = lines;
    }

    /** The time is over. */
    boolean isOver() {
        return System.nanoTime() - until >= 0;
    }

    void client(ByteBuf in, Fragmenter fragment) {
        if (clientHeld || fragment.kind() == Kind.LITERAL || !fragment.startsLine()) {
            return;
        }
        String text = text(in, fragment);
        if (fragment.startsMessage()) {
            String shown = mask.command(text);
            clientSecret = !shown.equals(text);
            write("C: ", shown, fragment);
        } else {
            write("C: ", clientSecret ? TraceMask.MASKED : text, fragment);
        }
    }

    void upstream(ByteBuf in, Fragmenter fragment) {
        if (upstreamHeld || fragment.kind() == Kind.LITERAL || !fragment.startsLine()) {
            return;
        }
        String text = text(in, fragment);
        write("S: ", fragment.startsMessage() ? mask.response(text) : text, fragment);
    }

    /** Whether the client's fragment will be offered again. */
    void clientHeld(boolean held) {
        clientHeld = held;
    }

    void upstreamHeld(boolean held) {
        upstreamHeld = held;
    }

    void toClient(byte[] octets) {
        authored(octets).map(mask::response).forEach(line -> write("proxy S: ", line, ""));
    }

    void toUpstream(byte[] octets) {
        authored(octets).map(mask::command).forEach(line -> write("proxy C: ", line, ""));
    }

    private static Stream<String> authored(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).lines();
    }

    private static String text(ByteBuf in, Fragmenter fragment) {
        int octets = Math.min(fragment.length(), TraceMask.LONGEST);
        return in.toString(in.readerIndex(), octets, StandardCharsets.ISO_8859_1)
                .stripTrailing();
    }

    private void write(String who, String line, Fragmenter fragment) {
        boolean cut = fragment.length() > TraceMask.LONGEST || fragment.kind() == Kind.LINE_PART;
        String literal = fragment.literal() < 0 ? "" : " [" + fragment.literal() + " octets not shown]";
        write(who, line, (cut ? " [cut]" : "") + literal);
    }

    private void write(String who, String line, String note) {
        lines.accept(prefix + who + LogText.line(line) + note);
    }
}
