package org.imapnotify.notify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.wire.ImapReader;

/**
 * What RFC 5465 section 7 adds to SEARCH and SORT: {@code UPDATE "(" fetch-att *(SP fetch-att) ")"} among the return options,
 * for attributes of messages that are new in the result.
 *
 * @param from where the list, with the space before it, begins in the octets that were read
 * @param to where it ends
 */
public record UpdateOption(int from, int to, List<FetchAtt> atts) {

    /**
     * Finds it in {@code SP "RETURN" SP "(" option *(SP option) ")" ...}; empty where there is none.
     *
     * @throws org.imapnotify.wire.ProtocolException when the line is no such thing
     * @throws NotifyRefused when the attributes cannot be had
     */
    public static Optional<UpdateOption> find(ImapReader in, Set<String> fetchItems) {
        in.space();
        if (!in.atom().equalsIgnoreCase("RETURN")) {
            return Optional.empty();
        }
        in.space();
        in.expect('(');
        boolean more = true;
        while (more) {
            boolean update = in.atom().equalsIgnoreCase("UPDATE");
            int from = in.position();
            more = in.skip(' ');
            if (more && in.peek() == '(') {
                if (update) {
                    List<FetchAtt> atts = new FetchAttParser(in, fetchItems).list();
                    return Optional.of(new UpdateOption(from, in.position(), atts));
                }
                in.skipValue();
                more = in.skip(' ');
            }
        }
        return Optional.empty();
    }
}
