package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A command's tag, octet for octet (RFC 3501 section 2.2.1; compared with case, as servers give it back). */
final class Tag {
    /** In front of answers to lines that have no tag. */
    static final Tag NONE = new Tag(new byte[] {'*'});

    private final byte[] octets;

    private Tag(byte[] octets) {
        this.octets = octets;
    }

    static Tag of(ByteBuf buf, int from, int to) {
        byte[] octets = new byte[to - from];
        buf.getBytes(from, octets);
        return new Tag(octets);
    }

    /**
     * Whether what stands at {@code from..to} can be a tag: {@code 1*<any ASTRING-CHAR except "+">} (RFC 3501 section 9).
     * A server completes nothing that has none, so such a line never counts as a command in flight.
     */
    static boolean isValid(ByteBuf buf, int from, int to) {
        if (from >= to || to - from > 1024) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte b = buf.getByte(i);
            if (b <= ' ' || b == 0x7f || "(){%*\"\\+".indexOf(b) >= 0) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return octets.length;
    }

    boolean equalsOctets(ByteBuf buf, int from, int to) {
        if (to - from != octets.length) {
            return false;
        }
        for (int i = octets.length - 1; i >= 0; i--) { // tags of one client differ at their end
            if (buf.getByte(from + i) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
