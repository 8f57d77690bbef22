package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Octets;

/**
 * The commands that enable CONDSTORE for a client without ENABLE (RFC 7162 section 3.1): parameters of SELECT, STATUS with
 * HIGHESTMODSEQ, FETCH and SEARCH with MODSEQ, CHANGEDSINCE, STORE with UNCHANGEDSINCE. The first line of the command is enough.
 */
final class Condstore {
    private static final List<String> WORDS = List.of("MODSEQ", "CHANGEDSINCE", "CONDSTORE", "QRESYNC");

    private Condstore() {}

    static boolean isEnabledBy(CommandName name, ByteBuf buf, int from, int to) {
        return switch (name) {
            case SELECT, EXAMINE, STATUS, LIST, FETCH, UID_FETCH, STORE, UID_STORE -> {
                int open = buf.indexOf(from, to, (byte) '(');
                yield open >= 0 && holdsWord(buf, open, to);
            }
            case SEARCH, UID_SEARCH, SORT, UID_SORT -> holdsWord(buf, from, to);
            default -> false;
        };
    }

    /** The end of a word, so that HIGHESTMODSEQ and UNCHANGEDSINCE count, and no mailbox or string that goes on behind it. */
    private static boolean holdsWord(ByteBuf buf, int from, int to) {
        for (int end = from + 1; end <= to; end++) {
            if (end == to || isDelimiter(buf.getByte(end))) {
                for (String word : WORDS) {
                    int start = end - word.length();
                    if (start >= from && Octets.equalsIgnoreCase(buf, start, end, word)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isDelimiter(byte octet) {
        return octet == ' ' || octet == '(' || octet == ')' || octet == '\r' || octet == '\n';
    }
}
