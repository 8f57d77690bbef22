package org.imapnotify.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the server has when nobody writes any more, asked of it directly. */
record ServerState(Map<String, Mailbox> mailboxes) {
    private static final String ITEMS = "MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ";

    /**
     * A name that is listed.
     *
     * @param status empty for a name that is no mailbox but has mailboxes below it
     */
    record Mailbox(boolean subscribed, boolean hasChildren, Map<String, Long> status, List<Message> messages) {
        boolean exists() {
            return !status.isEmpty();
        }
    }

    record Message(long uid, Set<String> flags) {}

    static ServerState of(ImapTestClient client) {
        Map<String, List<?>> names = new LinkedHashMap<>();
        Map<String, Map<String, Long>> statuses = new LinkedHashMap<>();
        for (String line : client.ok("LIST \"\" \"*\" RETURN (SUBSCRIBED CHILDREN STATUS (" + ITEMS + "))")) {
            if (line.startsWith("* LIST ")) {
                List<Object> values = ImapValues.of(line);
                names.put(ImapValues.mailbox(values.get(4)), ImapValues.list(values.get(2)));
            } else if (line.startsWith("* STATUS ")) {
                List<Object> values = ImapValues.of(line);
                statuses.put(ImapValues.mailbox(values.get(2)), numbers(ImapValues.list(values.get(3))));
            }
        }
        Map<String, Mailbox> mailboxes = new LinkedHashMap<>();
        names.forEach((name, attributes) -> {
            Map<String, Long> status = statuses.getOrDefault(name, Map.of());
            List<Message> messages = status.isEmpty() ? List.of() : messages(client, name);
            boolean subscribed = attributes.contains("\\Subscribed");
            boolean hasChildren = attributes.contains("\\HasChildren");
            mailboxes.put(name, new Mailbox(subscribed, hasChildren, status, messages));
        });
        return new ServerState(mailboxes);
    }

    private static List<Message> messages(ImapTestClient client, String name) {
        client.ok("EXAMINE \"" + name + "\"");
        List<Message> messages = new ArrayList<>();
        for (String line : client.ok("UID FETCH 1:* (FLAGS)")) {
            if (line.contains(" FETCH (")) {
                Map<String, Object> items =
                        items(ImapValues.list(ImapValues.of(line).get(3)));
                long uid = Long.parseLong((String) items.getOrDefault("UID", "0"));
                messages.add(new Message(uid, flags(items.getOrDefault("FLAGS", List.of()))));
            }
        }
        client.ok("UNSELECT");
        return messages;
    }

    /** {@code MESSAGES 3 UNSEEN 1} as a map. */
    static Map<String, Long> numbers(List<?> values) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        items(values).forEach((item, value) -> numbers.put(item, Long.valueOf((String) value)));
        return numbers;
    }

    static Map<String, Object> items(List<?> values) {
        Map<String, Object> items = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            items.put((String) values.get(i), values.get(i + 1));
        }
        return items;
    }

    /** Without \Recent, which is each session's own. */
    static Set<String> flags(Object value) {
        Set<String> flags = new TreeSet<>();
        ImapValues.list(value).forEach(flag -> flags.add((String) flag));
        flags.remove("\\Recent");
        return flags;
    }
}
