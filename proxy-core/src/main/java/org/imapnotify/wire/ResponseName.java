package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    OTHER;

    private static final Map<String, ResponseName> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    /** The name at {@code buf[from..to)}, which is the word after "* " or after "* n ". */
    public static ResponseName of(ByteBuf buf, int from, int to) {
        String word = buf.toString(from, to - from, StandardCharsets.ISO_8859_1);
        return BY_NAME.getOrDefault(word.toUpperCase(Locale.ROOT), OTHER);
    }
}
