package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.NotifyRefused;
import org.imapnotify.notify.Supported;
import org.imapnotify.notify.UpdateOption;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ProtocolException;

/**
 * The searches whose results the upstream keeps up to date (RFC 5267) and for whose new messages the client wants attributes
 * (RFC 5465 section 7). The upstream need not know of attributes: it is asked for the update alone, and the proxy fetches them.
 */
final class SearchContexts {
    /** The upstream itself keeps far fewer contexts; the oldest are forgotten first. */
    private static final int MAX = 64;

    /** One search: its tag stands in the updates, which give UIDs or message sequence numbers as it did. */
    private record Context(boolean uid, List<FetchAtt> atts) {}

    private final Session session;
    private final Map<String, Context> asked = new HashMap<>();
    private final Map<String, Context> running = new LinkedHashMap<>();

    SearchContexts(Session session) {
        this.session = session;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** Another mailbox is selected, or none: updates cease (RFC 5267 section 4.3). */
    void clear() {
        running.clear();
    }

    /** Sends the command's first line without attributes, if it has any; false when it is to go on as it is. */
    boolean send(CommandName name, ByteBuf buf, int from, int tagEnd, int to) {
        if (!mayUpdate(name) || !returns(name, buf, tagEnd, to)) {
            return false;
        }
        byte[] line = new byte[to - from];
        buf.getBytes(from, line);
        ImapReader reader = new ImapReader(line, tagEnd + 1 - from + name.name().length(), line.length);
        Optional<UpdateOption> found = find(reader);
        found.ifPresent(option -> {
            asked.put(Octets.latin1(buf, from, tagEnd), new Context(isUid(name), option.atts()));
            String text = new String(line, StandardCharsets.ISO_8859_1);
            session.out()
                    .toUpstream(UpstreamSide.octets(text.substring(0, option.from()) + text.substring(option.to())));
        });
        return found.isPresent();
    }

    private boolean mayUpdate(CommandName name) {
        return switch (name) {
            case SEARCH, UID_SEARCH -> has("CONTEXT=SEARCH");
            case SORT, UID_SORT -> has("CONTEXT=SORT");
            default -> false;
        };
    }

    private boolean has(String capability) {
        return session.capabilities().has(capability)
                && session.upstreamCapabilities().emulateNotify()
                && !session.enabled().uidOnly();
    }

    private static boolean isUid(CommandName name) {
        return name == CommandName.UID_SEARCH || name == CommandName.UID_SORT;
    }

    private static boolean returns(CommandName name, ByteBuf buf, int tagEnd, int to) {
        int word = tagEnd + 1 + name.name().length() + 1;
        return word < to && Octets.equalsIgnoreCase(buf, word, Octets.indexOfSpaceOrEnd(buf, word, to), "RETURN");
    }

    private Optional<UpdateOption> find(ImapReader reader) {
        try {
            return UpdateOption.find(
                    reader, Supported.by(session.capabilities()::has, false).fetchItems());
        } catch (NotifyRefused | ProtocolException notUnderstood) {
            return Optional.empty(); // the upstream has the word on it
        }
    }

    /** The upstream has answered a command of the client. */
    void completed(Tag tag, boolean ok) {
        if (!asked.isEmpty()) {
            Context context = asked.remove(tag.toString());
            if (context != null && ok) {
                running.put(tag.toString(), context);
                if (running.size() > MAX) {
                    running.remove(running.keySet().iterator().next());
                }
            }
        }
    }

    /** {@code SP "(" "TAG" SP string ")" [SP "UID"] *(SP name SP value)}: what is added may be new. */
    void onUpdate(ImapReader in, Arrivals arrivals, long exists, long now) {
        Context context = running.get(tag(in));
        if (context == null) {
            return;
        }
        while (in.skip(' ')) {
            String item = in.atom();
            if (item.equalsIgnoreCase("ADDTO")) {
                in.space();
                added(in).forEach(set -> arrivals.added(set, context.uid(), context.atts(), exists, now));
            } else if (!item.equalsIgnoreCase("UID")) {
                in.space();
                in.skipValue();
            }
        }
    }

    /** {@code "(" position SP set *(SP position SP set) ")"}. */
    private static List<String> added(ImapReader in) {
        List<String> sets = new ArrayList<>();
        in.list(() -> {
            in.number();
            in.space();
            sets.add(in.value());
        });
        return sets;
    }

    /** The search that an ESEARCH is about; empty when it does not say. */
    static String tag(ImapReader in) {
        StringBuilder tag = new StringBuilder();
        in.space();
        if (in.peek() == '(') {
            in.list(() -> {
                in.atom();
                in.space();
                tag.append(in.astring());
            });
        }
        return tag.toString();
    }
}
