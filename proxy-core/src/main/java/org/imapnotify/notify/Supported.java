package org.imapnotify.notify;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a session can be promised at the moment of its NOTIFY: events, FETCH items beyond RFC 3501, sizes, and whether
 * its mailbox names are UTF-8 (RFC 6855).
 */
public record Supported(Set<Event> events, Set<String> fetchItems, Limits limits, boolean utf8Names) {
    /** What every upstream can be watched for. AnnotationChange never: none of ours has RFC 5257. */
    public static final Set<Event> EVENTS = Event.ordered(Set.of(
            Event.MESSAGE_NEW,
            Event.MESSAGE_EXPUNGE,
            Event.FLAG_CHANGE,
            Event.MAILBOX_NAME,
            Event.SUBSCRIPTION_CHANGE));

    public Supported {
        events = Event.ordered(events);
        fetchItems = Set.copyOf(fetchItems);
    }

    /** How much one NOTIFY may ask for: groups, mailbox names in all of them, FETCH attributes in one. */
    public record Limits(int groups, int names, int fetchAtts) {
        public static final Limits DEFAULT = new Limits(64, 4096, 64);
    }

    /** What follows from upstream's capabilities. */
    public static Supported by(Predicate<String> hasCapability, boolean utf8Names) {
        return new Supported(events(hasCapability), fetchItems(hasCapability), Limits.DEFAULT, utf8Names);
    }

    /** RFC 5465, sections 5.6 and 5.7: METADATA-SERVER has annotations of the server alone. */
    private static Set<Event> events(Predicate<String> has) {
        Set<Event> events = new TreeSet<>(EVENTS);
        if (has.test("METADATA")) {
            events.add(Event.MAILBOX_METADATA_CHANGE);
        }
        if (has.test("METADATA") || has.test("METADATA-SERVER")) {
            events.add(Event.SERVER_METADATA_CHANGE);
        }
        return events;
    }

    private static Set<String> fetchItems(Predicate<String> has) {
        Set<String> items = new TreeSet<>();
        if (has.test("CONDSTORE") || has.test("QRESYNC")) {
            items.add("MODSEQ");
        }
        if (has.test("OBJECTID")) {
            items.addAll(Set.of("EMAILID", "THREADID"));
        }
        if (has.test("BINARY") || has.test("IMAP4rev2")) {
            items.addAll(Set.of("BINARY", "BINARY.PEEK", "BINARY.SIZE"));
        }
        if (has.test("PREVIEW")) {
            items.add("PREVIEW");
        }
        if (has.test("SAVEDATE")) {
            items.add("SAVEDATE");
        }
        if (has.test("X-GM-EXT-1")) {
            items.addAll(Set.of("X-GM-MSGID", "X-GM-THRID", "X-GM-LABELS"));
        }
        return items;
    }
}
