package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ProtocolException;

/** The codes of the upstream's status responses: numbers that are kept, capabilities that the client is shown in another form. */
final class ResponseCodes {
    private static final List<String> NUMBERED = List.of("UIDNEXT", "UIDVALIDITY", "HIGHESTMODSEQ");

    private final Session session;

    ResponseCodes(Session session) {
        this.session = session;
    }

    /** Codes with numbers that are kept, of a response with a status word at {@code status}. */
    void note(ByteBuf buf, int status, int to) {
        int code = Octets.indexOfSpaceOrEnd(buf, status, to) + 1;
        if (code >= to || buf.getByte(code) != '[') {
            return;
        }
        int codeEnd = Octets.indexOfSpaceOrEnd(buf, code + 1, to);
        for (String name : NUMBERED) {
            if (Octets.equalsIgnoreCase(buf, code + 1, codeEnd, name)) {
                session.selected().onCode(name, number(buf, codeEnd + 1, to));
                return;
            }
        }
        if (Octets.equalsIgnoreCase(buf, code + 1, codeEnd, "APPENDUID")
                || Octets.equalsIgnoreCase(buf, code + 1, codeEnd, "COPYUID")) {
            int close = buf.indexOf(codeEnd, to, (byte) ']');
            session.notifications().onUids(close < 0 ? "" : Octets.latin1(buf, Math.min(codeEnd + 1, close), close));
        }
    }

    private static long number(ByteBuf buf, int from, int to) {
        int close = from < to ? buf.indexOf(from, to, (byte) ']') : -1;
        return close < 0 ? -1 : Octets.number(buf, from, close);
    }

    /** A response with a status word at {@code status}: a capability list in its code is put in the client's view. */
    Verdict status(ByteBuf buf, int from, int status, int to, Fragmenter fragment) {
        int code = Octets.indexOfSpaceOrEnd(buf, status, to) + 1;
        if (code >= to || buf.getByte(code) != '[') {
            return Verdict.FORWARD;
        }
        int codeEnd = Octets.indexOfSpaceOrEnd(buf, code + 1, to);
        if (!Octets.equalsIgnoreCase(buf, code + 1, codeEnd, "CAPABILITY")) {
            return Verdict.FORWARD;
        }
        int close = buf.indexOf(codeEnd, to, (byte) ']');
        if (close < 0 || !fragment.endsMessage()) {
            throw new ProtocolException("CAPABILITY response code without end");
        }
        Capabilities shown = session.upstreamCapabilities().learn(Octets.latin1(buf, codeEnd, close));
        session.out()
                .toClient(UpstreamSide.octets(
                        Octets.latin1(buf, from, codeEnd) + ' ' + shown.words() + Octets.latin1(buf, close, to)));
        return Verdict.TAKE;
    }

    /** Whether a response with a status word at {@code word} has a code. */
    static boolean isThere(ByteBuf buf, int word, int to) {
        int text = Octets.indexOfSpaceOrEnd(buf, word, to) + 1;
        return text < to && buf.getByte(text) == '[';
    }
}
