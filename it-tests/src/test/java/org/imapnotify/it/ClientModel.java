package org.imapnotify.it;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a NOTIFY client believes, from nothing but what it was sent: numbers of mailboxes, names and subscriptions, and the
 * messages of the selected mailbox. What may not be sent at all is noted as a violation. Read by one thread, judged by another.
 */
final class ClientModel {
    /** What the client has in hand: decides what may come. */
    enum Doing {
        NOTHING,
        LISTING,
        SELECTING,
        FETCHING,
        REGISTERING,
        /** For what there is at the beginning of a session: LIST with STATUS. */
        ASKING
    }

    /** What LIST said of a name last. */
    private record Told(boolean subscribed, boolean accessible, boolean hasChildren) {
        static Told of(List<?> attributes) {
            boolean accessible = !attributes.contains("\\NoAccess") && !attributes.contains("\\Noselect");
            return new Told(attributes.contains("\\Subscribed"), accessible, attributes.contains("\\HasChildren"));
        }

        static Told of(ServerState.Mailbox mailbox) {
            return new Told(mailbox.subscribed(), mailbox.exists(), mailbox.hasChildren());
        }
    }

    private static final int MOST_VIOLATIONS = 20;

    private final Promise promise;
    private final Map<String, Map<String, Long>> statuses = new LinkedHashMap<>();
    private final Map<String, Told> names = new LinkedHashMap<>();
    private final Map<String, Integer> events = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final SelectedMessages messages;
    private String selected = "";
    private String selecting = "";
    private Doing doing = Doing.NOTHING;
    private boolean listed;

    ClientModel(Promise promise) {
        this.promise = promise;
        this.messages = new SelectedMessages(promise, this::violation);
    }

    synchronized void doing(Doing now) {
        doing = now;
    }

    synchronized void selects(String mailbox) {
        selecting = mailbox;
        doing = Doing.SELECTING;
    }

    /** The tagged response came. */
    synchronized void completed(boolean ok) {
        if (doing == Doing.SELECTING) {
            if (!ok) {
                violation("SELECT " + selecting + " failed");
            }
            leave();
        }
        doing = Doing.NOTHING;
        listed = false;
    }

    /** An untagged response. */
    synchronized void on(String response) {
        try {
            List<Object> values = ImapValues.of(isText(response) ? "* OK" : response);
            String word =
                    values.size() > 2 && isNumber(values.get(1)) ? (String) values.get(2) : (String) values.get(1);
            events.merge(word, 1, Integer::sum);
            switch (word) {
                case "STATUS" -> status(ImapValues.mailbox(values.get(2)), ImapValues.list(values.get(3)), response);
                case "LIST" -> list(values, response);
                case "FLAGS" -> begin();
                case "EXISTS" -> messages.exists(number(values), doing == Doing.SELECTING);
                case "EXPUNGE" -> messages.expunge(number(values), doing == Doing.FETCHING);
                case "VANISHED" -> messages.vanished((String) values.get(values.size() - 1));
                case "FETCH" ->
                    messages.fetch(
                            number(values), ServerState.items(ImapValues.list(values.get(3))), doing == Doing.NOTHING);
                case "RECENT", "OK", "ENABLED", "CAPABILITY" -> {}
                default -> violation("not expected");
            }
        } catch (RuntimeException e) {
            violation(e.toString());
        }
        messages.at(response);
    }

    private boolean isText(String response) {
        if (response.startsWith("* OK [CLOSED]")) {
            leave();
        } else if (response.startsWith("* BYE") || response.contains("NOTIFICATIONOVERFLOW")) {
            violation(response);
        }
        return response.matches("(?s)\\* (OK|NO|BAD|BYE) .*");
    }

    private static boolean isNumber(Object value) {
        return value instanceof String text && text.matches("\\d+");
    }

    private static int number(List<Object> values) {
        return Integer.parseInt((String) values.get(1));
    }

    /** FLAGS begin the answer to SELECT; where a mailbox is selected still, they are news of that until it is closed. */
    private void begin() {
        if (selected.isEmpty()) {
            leave();
        }
    }

    /** The mailbox that is being selected is the selected one from here on; of the old one we keep what we know. */
    private void leave() {
        if (doing != Doing.SELECTING || selecting.isEmpty()) {
            return;
        }
        if (!selected.isEmpty() && (promise.selected() || statuses.containsKey(selected))) {
            Map<String, Long> known = statuses.computeIfAbsent(selected, name -> new LinkedHashMap<>());
            known.put("MESSAGES", (long) messages.count());
            known.remove("UIDNEXT");
            known.remove("UNSEEN");
            known.remove("HIGHESTMODSEQ");
            if (promise.flagAtts()) {
                known.put("UNSEEN", messages.unseen());
            }
        }
        messages.clear();
        selected = selecting;
        selecting = "";
    }

    private void status(String name, List<?> items, String response) {
        if (listed) {
            violation("STATUS inside LIST: " + response);
        }
        if (name.equals(selected) && doing != Doing.SELECTING && doing != Doing.ASKING) {
            violation("STATUS of the selected mailbox: " + response);
        }
        Map<String, Long> told = ServerState.numbers(items);
        Map<String, Long> known = statuses.computeIfAbsent(name, n -> new LinkedHashMap<>());
        if (!isBeginning() && known.entrySet().containsAll(told.entrySet())) {
            violation("STATUS without news: " + response + " while " + known);
        }
        if (told.containsKey("HIGHESTMODSEQ") && !promise.condstoreEnabled() && !isBeginning()) {
            violation("HIGHESTMODSEQ without CONDSTORE: " + response);
        }
        Long uidValidity = told.get("UIDVALIDITY");
        if (uidValidity != null && !uidValidity.equals(known.get("UIDVALIDITY"))) {
            known.clear();
        }
        backwards(known, told, response);
        known.putAll(told);
    }

    private boolean isBeginning() {
        return doing == Doing.REGISTERING || doing == Doing.ASKING;
    }

    private void backwards(Map<String, Long> known, Map<String, Long> told, String response) {
        for (String item : Set.of("UIDNEXT", "HIGHESTMODSEQ")) {
            if (told.getOrDefault(item, Long.MAX_VALUE) < known.getOrDefault(item, 0L)) {
                violation(item + " goes backwards: " + response + " after " + known);
            }
        }
    }

    private void list(List<Object> values, String response) {
        List<?> attributes = ImapValues.list(values.get(2));
        String name = ImapValues.mailbox(values.get(4));
        if (listed) {
            violation("LIST inside LIST: " + response);
        }
        if (name.isEmpty()) {
            listed = true;
            return;
        }
        if (attributes.contains("\\NonExistent")) {
            if (names.remove(name) == null && promise.named().test(name) && doing != Doing.ASKING) {
                violation("gone, but never told of: " + response);
            }
            statuses.remove(name);
            return;
        }
        if (values.size() > 5) {
            renamed(
                    ImapValues.mailbox(
                            ImapValues.list(ImapValues.list(values.get(5)).get(1))
                                    .get(0)),
                    name);
        }
        names.put(name, Told.of(attributes));
    }

    /** Nothing is told of the mailboxes below one that is renamed (RFC 5465, section 5.4). */
    private void renamed(String old, String name) {
        for (String each : List.copyOf(names.keySet())) {
            if (each.equals(old)
                    || (each.startsWith(old + "/") && promise.named().test(each))) {
                names.put(name + each.substring(old.length()), names.remove(each));
            }
        }
        Map<String, Map<String, Long>> moved = new LinkedHashMap<>();
        for (String each : List.copyOf(statuses.keySet())) {
            if (each.equals(old) || each.startsWith(old + "/")) {
                String now = name + each.substring(old.length());
                Map<String, Long> known = statuses.remove(each);
                if (known != null
                        && promise.counted().test(each, true)
                        && promise.counted().test(now, true)) {
                    moved.put(now, known);
                }
            }
        }
        statuses.remove(name);
        statuses.putAll(moved);
    }

    /** The state before the writers begin, which a client without STATUS in its command knows from a LIST of its own. */
    synchronized void startsFrom(ServerState state) {
        state.mailboxes().forEach((name, mailbox) -> {
            if (promise.named().test(name)) {
                names.put(name, Told.of(mailbox));
            }
            if (!promise.command().contains("SET STATUS")) {
                statuses.put(name, new LinkedHashMap<>(mailbox.status()));
            }
        });
    }

    /** The session is over; nothing that was known in it is. */
    synchronized void startsAnew() {
        statuses.clear();
        names.clear();
        messages.clear();
        selected = "";
        selecting = "";
        doing = Doing.NOTHING;
        listed = false;
    }

    private void violation(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add("violation: " + what);
        }
    }

    synchronized String selected() {
        return selected;
    }

    /** How many of each response came. */
    synchronized Map<String, Integer> events() {
        return Map.copyOf(events);
    }

    /** What was sent against the rules, and what is not as the server has it though that was promised. */
    synchronized List<String> faults(ServerState server) {
        List<String> faults = new ArrayList<>(violations);
        server.mailboxes().forEach((name, mailbox) -> {
            if (mailbox.exists() && !name.equals(selected) && promise.counted().test(name, mailbox.subscribed())) {
                counts(name, mailbox.status(), faults);
            }
        });
        ServerState.Mailbox open = server.mailboxes().get(selected);
        if (promise.selected() && open == null) {
            faults.add(selected + " is selected and does not exist");
        } else if (promise.selected() && open != null) {
            faults.addAll(messages.faults(selected, open.messages()));
        }
        names(server, faults);
        faults.replaceAll(fault -> promise.name() + ": " + fault);
        return faults;
    }

    private void counts(String name, Map<String, Long> right, List<String> faults) {
        Map<String, Long> known = statuses.getOrDefault(name, Map.of());
        expect(name, "MESSAGES", known.getOrDefault("MESSAGES", 0L), right, faults);
        Set<String> items = new HashSet<>(Set.of("UIDNEXT", "UIDVALIDITY"));
        if (promise.flags().test(name)) {
            items.add("UNSEEN");
            if (promise.condstoreEnabled()) {
                items.add("HIGHESTMODSEQ");
            }
        }
        for (String item : items) {
            if (known.containsKey(item)) {
                expect(name, item, known.get(item), right, faults);
            }
        }
    }

    private void expect(String name, String item, Long known, Map<String, Long> right, List<String> faults) {
        if (!known.equals(right.get(item))) {
            faults.add(name + " " + item + " is " + right.get(item) + ", told " + known + " (has " + right + ", told "
                    + statuses.get(name) + ")");
        }
    }

    private void names(ServerState server, List<String> faults) {
        names.forEach((name, told) -> {
            ServerState.Mailbox mailbox = server.mailboxes().get(name);
            if (!promise.named().test(name)) {
                return;
            }
            if (mailbox == null || (!mailbox.exists() && told.accessible())) {
                faults.add(name + " does not exist and that was not told");
            } else if (promise.subscriptions() && told.subscribed() != mailbox.subscribed()) {
                faults.add(name + " subscribed: " + mailbox.subscribed() + ", told " + told.subscribed());
            } else if (told.hasChildren() != mailbox.hasChildren()) {
                faults.add(name + " has children: " + mailbox.hasChildren() + ", told " + told.hasChildren());
            }
        });
        server.mailboxes().forEach((name, mailbox) -> {
            if (promise.named().test(name) && mailbox.exists()) {
                Told told = names.get(name);
                if (told == null) {
                    faults.add(name + " exists and that was not told");
                } else if (!told.accessible()) {
                    faults.add(name + " can be selected and that was not told");
                }
            }
        });
    }
}
