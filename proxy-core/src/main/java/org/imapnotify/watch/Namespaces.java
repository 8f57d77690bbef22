package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;

/**
 * Which names are the user's own: RFC 2342, or all when the upstream does not know of name spaces.
 *
 * @param delimiter of the first personal one; 0 for NIL
 */
record Namespaces(List<Prefix> prefixes, char delimiter) {
    /** One name space; its prefix ends with the delimiter as a rule. */
    record Prefix(String octets, char delimiter, boolean personal) {
        boolean covers(MailboxName name) {
            String prefix = octets.regionMatches(true, 0, "INBOX", 0, 5) ? "INBOX" + octets.substring(5) : octets;
            return name.octets().startsWith(prefix) || (name.octets() + delimiter).equals(prefix);
        }
    }

    /** All names are personal. */
    static Namespaces flat(char delimiter) {
        return new Namespaces(List.of(new Prefix("", delimiter, true)), delimiter);
    }

    /** namespace = nil / "(" 1*( "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) *(namespace-extension) ")" ) ")", three times */
    static Namespaces of(Response line) {
        ImapReader reader = line.arguments();
        List<Prefix> prefixes = new ArrayList<>();
        for (int kind = 0; kind < 3 && !reader.atEnd(); kind++) {
            boolean personal = kind == 0;
            reader.spaces();
            if (reader.peek() == '(') {
                reader.list(() -> prefixes.add(prefix(reader, personal)));
            } else {
                reader.skipValue();
            }
        }
        char delimiter = prefixes.isEmpty() ? 0 : prefixes.get(0).delimiter();
        return new Namespaces(List.copyOf(prefixes), delimiter);
    }

    private static Prefix prefix(ImapReader reader, boolean personal) {
        List<String> values = new ArrayList<>();
        reader.list(() -> {
            if (values.size() < 2) {
                values.add(reader.nstring().orElse(""));
            } else {
                reader.skipValue();
            }
        });
        String delimiter = values.size() > 1 ? values.get(1) : "";
        return new Prefix(
                values.isEmpty() ? "" : values.get(0), delimiter.isEmpty() ? 0 : delimiter.charAt(0), personal);
    }

    /** INBOX, and what the longest prefix that covers it makes personal. */
    boolean personal(MailboxName name) {
        if (name.isInbox()) {
            return true;
        }
        boolean personal = false;
        int longest = -1;
        for (Prefix prefix : prefixes) {
            if (prefix.octets().length() > longest && prefix.covers(name)) {
                longest = prefix.octets().length();
                personal = prefix.personal();
            }
        }
        return personal;
    }
}
