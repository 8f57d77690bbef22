package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;

/**
 * What the beginning of a FETCH response tells of its message, of the items that matter here.
 *
 * @param uid -1 when it is not there
 * @param modSeq the same
 * @param flags whether the message's flags are among the items
 */
record FetchHead(long uid, long modSeq, boolean flags) {
    /** Servers give these items first, or behind others that are as short. */
    private static final int LOOKED_AT = 512;

    /** {@code "*" SP nz-number SP "FETCH" SP "(" msg-att *(SP msg-att) ")"} (RFC 3501 section 9, RFC 7162 for MODSEQ). */
    static FetchHead of(ByteBuf buf, Fragmenter fragment) {
        int from = buf.readerIndex();
        int to = from + Math.min(fragment.length(), LOOKED_AT);
        Items items = new Items(buf, to);
        int list = buf.indexOf(from, to, (byte) '(');
        if (list >= 0) {
            items.read(list + 1);
        }
        return new FetchHead(items.uid, items.modSeq, items.flags);
    }

    boolean hasUid() {
        return uid >= 0;
    }

    /** Walks over the items; names inside values, such as in the subject of an ENVELOPE, are none. */
    private static final class Items {
        private final ByteBuf buf;
        private final int to;
        private long uid = -1;
        private long modSeq = -1;
        private boolean flags;

        Items(ByteBuf buf, int to) {
            this.buf = buf;
            this.to = to;
        }

        void read(int from) {
            int depth = 1;
            int i = from;
            while (i < to && depth > 0) {
                byte octet = buf.getByte(i);
                if (octet == '"') {
                    i = endOfQuoted(i + 1);
                } else if (octet == '(' || octet == ')') {
                    depth += octet == '(' ? 1 : -1;
                    i++;
                } else if (octet <= ' ' && octet >= 0) {
                    i++;
                } else {
                    int end = endOfWord(i);
                    if (depth == 1) {
                        item(i, end);
                    }
                    i = end;
                }
            }
        }

        private void item(int from, int end) {
            if (Octets.equalsIgnoreCase(buf, from, end, "UID")) {
                uid = number(end + 1);
            } else if (Octets.equalsIgnoreCase(buf, from, end, "MODSEQ")) {
                modSeq = number(end + 2);
            } else if (Octets.equalsIgnoreCase(buf, from, end, "FLAGS")) {
                flags = true;
            }
        }

        /** A number that is cut is none. */
        private long number(int from) {
            int end = from < to ? endOfWord(from) : to;
            return end < to ? Octets.number(buf, from, end) : -1;
        }

        private int endOfWord(int from) {
            for (int i = from; i < to; i++) {
                byte octet = buf.getByte(i);
                if (octet == '(' || octet == ')' || octet == '"' || (octet >= 0 && octet <= ' ')) {
                    return i;
                }
            }
            return to;
        }

        private int endOfQuoted(int from) {
            for (int i = from; i < to; i++) {
                byte octet = buf.getByte(i);
                if (octet == '\\') {
                    i++;
                } else if (octet == '"') {
                    return i + 1;
                }
            }
            return to;
        }
    }
}
