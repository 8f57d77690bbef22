package org.imapnotify.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one response that we author. Strings are octets (Latin-1); each is written in the shortest form that is legal. */
public final class ImapWriter {
    private byte[] octets = new byte[128];
    private int size;

    /** Octets as they are. */
    public ImapWriter raw(String latin1) {
        byte[] more = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length - size < more.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more.length));
        }
        System.arraycopy(more, 0, octets, size, more.length);
        size += more.length;
        return this;
    }

    public ImapWriter sp() {
        return raw(" ");
    }

    public ImapWriter crlf() {
        return raw("\r\n");
    }

    public ImapWriter number(long n) {
        return raw(Long.toString(n));
    }

    /** astring: an atom where legal (but never NIL, which some parsers take for nothing), else a string. */
    public ImapWriter astring(String value) {
        boolean bare = CharClass.ASTRING.spells(value) && !value.equalsIgnoreCase("NIL");
        return bare ? raw(value) : string(value);
    }

    /** string: quoted where legal, else a literal. */
    public ImapWriter string(String value) {
        return value.chars().allMatch(c -> isText(c) && c < 0x80) ? quoted(value) : literal(value);
    }

    /** mailbox, in UTF-8 when {@code utf8} (the reader has done ENABLE UTF8=ACCEPT), else in modified UTF-7. */
    public ImapWriter mailbox(MailboxName name, boolean utf8) {
        String value = utf8 ? name.utf8Octets() : name.octets();
        boolean quotable = utf8
                && value.chars().anyMatch(c -> c >= 0x80)
                && value.chars().allMatch(ImapWriter::isText)
                && Utf8.decode(value).isPresent();
        return quotable ? quoted(value) : astring(value);
    }

    private static boolean isText(int c) {
        return c != 0 && c != '\r' && c != '\n';
    }

    private ImapWriter quoted(String value) {
        return raw("\"").raw(value.replace("\\", "\\\\").replace("\"", "\\\"")).raw("\"");
    }

    /** literal, whatever the value is. */
    public ImapWriter literal(String value) {
        raw("{").number(value.length()).raw("}\r\n");
        return raw(value);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(octets, size);
    }
}
