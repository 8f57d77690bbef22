package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;

/**
 * The end of a line that says a literal follows:
 * <pre>
 * literal = ["~"] "{" number ["+"] "}" CRLF      ; RFC 3501, 7888 and 3516; here a bare LF ends a line, too
 * </pre>
 * Whether the line is one that can announce a literal is for the caller to know.
 */
final class LiteralAnnouncement {
    /** Octets that hold the longest announcement and its CRLF: what stays for the last part of a line. */
    static final int OCTETS = 32;

    static final long NONE = -1;
    private static final int MOST_DIGITS = 19;

    private LiteralAnnouncement() {}

    /**
     * The octets that a line ending at {@code to} announces, {@link #NONE} when it announces no literal.
     *
     * @param open whether the octets before {@code from} {@linkplain #opens end in} "{" and digits
     */
    static long read(ByteBuf buf, int from, int to, boolean open) {
        int end = closingBrace(buf, from, to);
        if (end < 0) {
            return NONE;
        }
        if (end > from && buf.getByte(end - 1) == '+') {
            end--;
        }
        int digits = startOfDigits(buf, from, end);
        boolean announced = digits == from ? open : buf.getByte(digits - 1) == '{';
        return announced && digits < end ? length(buf, digits, end) : NONE;
    }

    /** Whether the client waits for a "+" before it sends the literal that the line announces. */
    static boolean synchronising(ByteBuf buf, int from, int to) {
        return buf.getByte(closingBrace(buf, from, to) - 1) != '+';
    }

    /** Whether the octets, or those before them when they are digits only, end in "{" and any number of digits. */
    static boolean opens(ByteBuf buf, int from, int to, boolean before) {
        int digits = startOfDigits(buf, from, to);
        return digits == from ? before : buf.getByte(digits - 1) == '{';
    }

    private static int closingBrace(ByteBuf buf, int from, int to) {
        int brace = Octets.endOfText(buf, from, to) - 1;
        return brace >= from && buf.getByte(brace) == '}' ? brace : -1;
    }

    private static int startOfDigits(ByteBuf buf, int from, int to) {
        int start = to;
        while (start > from && Octets.isDigit(buf.getByte(start - 1))) {
            start--;
        }
        return start;
    }

    private static long length(ByteBuf buf, int from, int to) {
        long length = to - from > MOST_DIGITS ? -1 : Octets.number(buf, from, to);
        if (length < 0) {
            throw new ProtocolException("Literal length out of range");
        }
        return length;
    }
}
