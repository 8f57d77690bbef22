package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads the heads of lines where they lie in a buffer. Nothing but {@link #latin1} allocates; indices are absolute and {@code to} is exclusive. */
public final class Octets {
    private Octets() {}

    /** Where the word at {@code from} ends: at the first SP, CR or LF, else at {@code to}. */
    public static int indexOfSpaceOrEnd(ByteBuf buf, int from, int to) {
        for (int i = from; i < to; i++) {
            byte octet = buf.getByte(i);
            if (octet == ' ' || octet == '\r' || octet == '\n') {
                return i;
            }
        }
        return to;
    }

    /** Where the text of a line ends: {@code to} without the CRLF or LF before it. */
    public static int endOfText(ByteBuf buf, int from, int to) {
        if (to <= from || buf.getByte(to - 1) != '\n') {
            return to;
        }
        int lf = to - 1;
        return lf > from && buf.getByte(lf - 1) == '\r' ? lf - 1 : lf;
    }

    /** Whether the octets are the same as {@code asciiUpper}, which has no lower-case letter, but for the case of letters. */
    public static boolean equalsIgnoreCase(ByteBuf buf, int from, int to, String asciiUpper) {
        if (to - from != asciiUpper.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (upper(buf.getByte(i)) != asciiUpper.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /** The decimal number that the octets are, -1 when they are none or it is larger than a {@code long}. */
    public static long number(ByteBuf buf, int from, int to) {
        if (from >= to) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = buf.getByte(i) - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The octets as a string with one char for each. */
    public static String latin1(ByteBuf buf, int from, int to) {
        return buf.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }

    static byte upper(byte octet) {
        return octet >= 'a' && octet <= 'z' ? (byte) (octet - ('a' - 'A')) : octet;
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
