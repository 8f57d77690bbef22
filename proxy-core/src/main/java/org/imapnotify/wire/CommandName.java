package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import java.util.stream.Stream;

/**
 * The names of commands that the proxy knows, if only to know that they ask for nothing but literals; all others are
 * {@link #OTHER}.
 */
public enum CommandName {
    CAPABILITY,
    NOOP,
    LOGOUT,
    STARTTLS,
    AUTHENTICATE,
    LOGIN,
    ENABLE,
    SELECT,
    EXAMINE,
    CREATE,
    DELETE,
    RENAME,
    SUBSCRIBE,
    UNSUBSCRIBE,
    LIST,
    LSUB,
    XLIST,
    NAMESPACE,
    STATUS,
    APPEND,
    IDLE,
    CLOSE,
    UNSELECT,
    EXPUNGE,
    SEARCH,
    SORT,
    THREAD,
    FETCH,
    STORE,
    COPY,
    MOVE,
    UID_FETCH,
    UID_STORE,
    UID_COPY,
    UID_MOVE,
    UID_SEARCH,
    UID_EXPUNGE,
    UID_SORT,
    UID_THREAD,
    NOTIFY,
    ID,
    CHECK,
    COMPRESS,
    UNAUTHENTICATE,
    GETMETADATA,
    SETMETADATA,
    SETACL,
    DELETEACL,
    REPLACE,
    UID_REPLACE,
    GETACL,
    LISTRIGHTS,
    MYRIGHTS,
    GETQUOTA,
    GETQUOTAROOT,
    SETQUOTA,
    GETANNOTATION,
    SETANNOTATION,
    GENURLAUTH,
    URLFETCH,
    RESETKEY,
    ESEARCH,
    CANCELUPDATE,
    CONVERT,
    UID_CONVERT,
    UIDBATCHES,
    LANGUAGE,
    COMPARATOR,
    GETJMAPACCESS,
    SCAN,
    RLIST,
    RLSUB,
    XMOVE,
    UID_XMOVE,
    OTHER; // the last, so that the others are numbered like their keywords

    private static final String UID = "UID";
    private static final CommandName[] NAMES = values();
    private static final Keywords KEYWORDS = new Keywords(Stream.of(NAMES)
            .filter(name -> name != OTHER)
            .map(name -> name.name().replace('_', ' '))
            .toList());

    /** The name at {@code from}, which is after the tag and its space, in any case; "UID FETCH" and its kind are two words with one space. */
    public static CommandName of(ByteBuf buf, int from, int to) {
        int limit = Math.min(to, from + KEYWORDS.longest() + 1);
        int end = Octets.indexOfSpaceOrEnd(buf, from, limit);
        if (end < limit && buf.getByte(end) == ' ' && Octets.equalsIgnoreCase(buf, from, end, UID)) {
            end = Octets.indexOfSpaceOrEnd(buf, end + 1, limit);
        }
        int index = KEYWORDS.find(buf, from, end);
        return index < 0 ? OTHER : NAMES[index];
    }
}
