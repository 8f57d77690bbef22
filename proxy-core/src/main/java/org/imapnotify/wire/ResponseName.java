package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import java.util.stream.Stream;

/** The names of responses that the proxy looks at. */
public enum ResponseName {
    OK,
    NO,
    BAD,
    BYE,
    PREAUTH,
    CAPABILITY,
    ENABLED,
    LIST,
    LSUB,
    XLIST,
    STATUS,
    SEARCH,
    ESEARCH,
    SORT,
    THREAD,
    NAMESPACE,
    FLAGS,
    METADATA,
    ID,
    ACL,
    EXISTS,
    RECENT,
    EXPUNGE,
    FETCH,
    VANISHED,
    UIDFETCH,
    OTHER; // the last, so that the others are numbered like their keywords

    private static final ResponseName[] NAMES = values();
    private static final Keywords KEYWORDS = new Keywords(
            Stream.of(NAMES).filter(name -> name != OTHER).map(Enum::name).toList());

    /** The name that is the word at {@code from}, in any case: the one after the tag, after "* " or after "* n ". */
    public static ResponseName of(ByteBuf buf, int from, int to) {
        int end = Octets.indexOfSpaceOrEnd(buf, from, Math.min(to, from + KEYWORDS.longest() + 1));
        int index = KEYWORDS.find(buf, from, end);
        return index < 0 ? OTHER : NAMES[index];
    }

    /** Whether this is a status response (RFC 3501, 7.1), which ends in text for humans. */
    public boolean isStatus() {
        return switch (this) {
            case OK, NO, BAD, BYE, PREAUTH -> true;
            default -> false;
        };
    }
}
