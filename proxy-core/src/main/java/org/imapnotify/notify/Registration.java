package org.imapnotify.notify;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.wire.MailboxName;

/** A NOTIFY SET in force. Groups that ask for nothing do nothing, wherever they stand (RFC 5465, section 6). */
public final class Registration {
    private final List<EventGroup> groups;

    public Registration(List<EventGroup> groups) {
        this.groups = groups.stream().filter(group -> !group.events().isEmpty()).toList();
    }

    /** What is asked of the selected mailbox's messages; empty is the same as SELECTED NONE. */
    public Optional<EventGroup> selected() {
        return groups.stream().filter(group -> group.filter().isSelected()).findFirst();
    }

    /** Expunges of the selected mailbox wait for a command that permits them. */
    public boolean delayed() {
        return selected().stream().anyMatch(group -> group.filter() instanceof FilterMailboxes.SelectedDelayed);
    }

    /**
     * The events wanted of a mailbox: the union over the groups that cover it. Of a name that is not selectable there
     * are no message events. For the selected mailbox the caller leaves out message events: {@link #selected} decides.
     */
    public Set<Event> eventsFor(MailboxFacts mailbox) {
        EnumSet<Event> events = EnumSet.noneOf(Event.class);
        for (EventGroup group : groups) {
            if (group.filter().isSelected()) {
                continue;
            }
            if (group.filter().covers(mailbox)) {
                events.addAll(group.events());
            } else if (leftSubscriptions(group)) {
                events.add(Event.SUBSCRIPTION_CHANGE);
            }
        }
        if (!mailbox.selectable()) {
            events.removeIf(Event::isMessageEvent);
        }
        return events;
    }

    /** Of those, the events that are about messages. */
    public Set<Event> messageEventsFor(MailboxFacts mailbox) {
        Set<Event> events = eventsFor(mailbox);
        events.removeIf(event -> !event.isMessageEvent());
        return events;
    }

    /** A mailbox that has just been unsubscribed is no longer SUBSCRIBED, and yet that is the event. */
    private static boolean leftSubscriptions(EventGroup group) {
        return group.filter() instanceof FilterMailboxes.Subscribed
                && group.events().contains(Event.SUBSCRIPTION_CHANGE);
    }

    /** Some group other than SELECTED asks for this event. */
    public boolean wants(Event event) {
        return groups.stream()
                .anyMatch(
                        group -> !group.filter().isSelected() && group.events().contains(event));
    }

    /** Some group other than SELECTED asks for anything. */
    public boolean wantsOthers() {
        return groups.stream().anyMatch(group -> !group.filter().isSelected());
    }

    /** Cannot be served without listing mailboxes. */
    public boolean needsMailboxList() {
        return wants(Event.MAILBOX_NAME)
                || wants(Event.SUBSCRIPTION_CHANGE)
                || groups.stream().map(EventGroup::filter).anyMatch(Registration::isPattern);
    }

    private static boolean isPattern(FilterMailboxes filter) {
        return !filter.isSelected() && !(filter instanceof FilterMailboxes.Mailboxes);
    }

    /** Cannot be served without knowing what is subscribed. */
    public boolean needsSubscriptions() {
        return wants(Event.SUBSCRIPTION_CHANGE)
                || groups.stream().anyMatch(group -> group.filter() instanceof FilterMailboxes.Subscribed);
    }

    /** The names in MAILBOXES filters. */
    public Set<MailboxName> namedMailboxes() {
        Set<MailboxName> names = new LinkedHashSet<>();
        for (EventGroup group : groups) {
            if (group.filter() instanceof FilterMailboxes.Mailboxes mailboxes) {
                names.addAll(mailboxes.names());
            }
        }
        return names;
    }
}
