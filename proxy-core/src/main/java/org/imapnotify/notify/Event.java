package org.imapnotify.notify;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client may ask to be told of (RFC 5465, section 5), in the order of the ABNF. */
public enum Event {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    ANNOTATION_CHANGE("AnnotationChange"),
    MAILBOX_NAME("MailboxName"),
    SUBSCRIPTION_CHANGE("SubscriptionChange"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
    SERVER_METADATA_CHANGE("ServerMetadataChange");

    private static final Map<String, Event> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(e -> fold(e.rfcName), Function.identity()));

    private final String rfcName;

    Event(String rfcName) {
        this.rfcName = rfcName;
    }

    /** The spelling of the ABNF. */
    public String rfcName() {
        return rfcName;
    }

    /** Concerns the messages of a mailbox, not the mailbox as such; the only kind that SELECTED allows. */
    public boolean isMessageEvent() {
        return compareTo(ANNOTATION_CHANGE) <= 0;
    }

    static Optional<Event> named(String atom) {
        return Optional.ofNullable(BY_NAME.get(fold(atom)));
    }

    /** An immutable set that iterates in the order of the ABNF. */
    static Set<Event> ordered(Collection<Event> events) {
        EnumSet<Event> set = EnumSet.noneOf(Event.class);
        set.addAll(events);
        return Collections.unmodifiableSet(set);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
