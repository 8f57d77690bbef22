package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The messages of the selected mailbox by their sequence numbers, as a client keeps them. */
final class SelectedMessages {
    /** UID 0 and no flags: not told yet. */
    private static final class Message {
        private long uid;
        private Set<String> flags = UNKNOWN;
    }

    private static final Set<String> UNKNOWN = Set.of("?");

    private final Promise promise;
    private final Consumer<String> violations;
    private final List<Message> messages = new ArrayList<>();
    private String before = "";

    SelectedMessages(Promise promise, Consumer<String> violations) {
        this.promise = promise;
        this.violations = violations;
    }

    void clear() {
        messages.clear();
    }

    int count() {
        return messages.size();
    }

    /** As far as flags are known. */
    long unseen() {
        return messages.stream()
                .filter(message -> !message.flags.contains("\\Seen"))
                .count();
    }

    /** The response that comes before the next one, for people. */
    void at(String response) {
        before = response;
    }

    void exists(int count, boolean selecting) {
        if (count < messages.size()) {
            violations.accept("EXISTS " + count + " with " + messages.size() + " messages");
        } else if (count == messages.size() && !selecting && before.endsWith(" EXPUNGE")) {
            violations.accept("EXISTS " + count + " after EXPUNGE without growth");
        }
        while (messages.size() < count) {
            messages.add(new Message());
        }
    }

    void expunge(int number, boolean fetching) {
        if (promise.qresyncEnabled()) {
            violations.accept("EXPUNGE with QRESYNC enabled");
        }
        if (number < 1 || number > messages.size()) {
            violations.accept("EXPUNGE " + number + " with " + messages.size() + " messages");
        } else {
            messages.remove(number - 1);
        }
    }

    void vanished(String uids) {
        if (!promise.qresyncEnabled()) {
            violations.accept("VANISHED without QRESYNC");
        }
        for (String range : uids.split(",", -1)) {
            String[] ends = range.split(":", -1);
            long to = Long.parseLong(ends[ends.length - 1]);
            for (long uid = Long.parseLong(ends[0]); uid <= to; uid++) {
                vanish(uid);
            }
        }
    }

    /** A message whose UID was not told yet is one of the newest. */
    private void vanish(long uid) {
        if (!messages.removeIf(message -> message.uid == uid)) {
            int last = messages.size() - 1;
            if (last < 0 || messages.get(last).uid != 0) {
                violations.accept("VANISHED " + uid + ", which was not there");
            } else {
                messages.remove(last);
            }
        }
    }

    void fetch(int number, Map<String, Object> items, boolean unasked) {
        if (number < 1 || number > messages.size()) {
            violations.accept("FETCH " + number + " with " + messages.size() + " messages");
            return;
        }
        if (unasked && !items.containsKey("UID")) {
            violations.accept("unsolicited FETCH without UID: " + items);
        }
        if (items.containsKey("MODSEQ") && !promise.condstoreEnabled()) {
            violations.accept("MODSEQ without CONDSTORE: " + items);
        }
        Message message = messages.get(number - 1);
        if (items.containsKey("UID")) {
            long uid = Long.parseLong((String) items.get("UID"));
            if (message.uid != 0 && message.uid != uid) {
                violations.accept("FETCH " + number + " says UID " + uid + ", was " + message.uid);
            }
            message.uid = uid;
        }
        if (items.containsKey("FLAGS")) {
            message.flags = ServerState.flags(items.get("FLAGS"));
        }
    }

    List<String> faults(String mailbox, List<ServerState.Message> right) {
        List<String> faults = new ArrayList<>();
        if (messages.size() != right.size()) {
            faults.add(mailbox + " (selected) has " + right.size() + " messages, told " + messages.size());
            return faults;
        }
        for (int i = 0; i < messages.size(); i++) {
            Message told = messages.get(i);
            ServerState.Message is = right.get(i);
            if (told.uid != is.uid()) {
                faults.add(mailbox + " message " + (i + 1) + " is UID " + is.uid() + ", told " + told.uid);
            }
            boolean known = promise.flagAtts() || told.flags != UNKNOWN;
            if (known && !told.flags.equals(is.flags())) {
                faults.add(mailbox + " UID " + is.uid() + " has " + is.flags() + ", told " + told.flags);
            }
        }
        return faults;
    }
}
