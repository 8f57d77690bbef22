package org.imapnotify.wire;

/** The character classes of RFC 3501 section 9 that runs of octets are made of; octets above 0x7f belong to all of them. */
enum CharClass {
    /** ATOM-CHAR = any CHAR except "(" / ")" / "{" / SP / CTL / "%" / "*" / DQUOTE / "\" / "]" */
    ATOM("(){%*\"\\]"),
    /** ASTRING-CHAR = ATOM-CHAR / "]" */
    ASTRING("(){%*\"\\"),
    /** ASTRING-CHAR except "+" */
    TAG("(){%*\"\\+");

    /** One bit for each of 0x00-0x3f and 0x40-0x7f. */
    private final long low;

    private final long high;

    CharClass(String specials) {
        long[] bits = new long[2];
        for (int c = ' ' + 1; c < 0x7f; c++) {
            bits[c >> 6] |= specials.indexOf(c) < 0 ? 1L << c : 0;
        }
        this.low = bits[0];
        this.high = bits[1];
    }

    boolean has(byte octet) {
        return octet < 0 || ((octet < 0x40 ? low : high) >>> octet & 1) != 0;
    }

    /** Whether {@code text} is one or more of these, all of them ASCII: what may be written so. */
    boolean spells(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80 && has((byte) c));
    }
}
