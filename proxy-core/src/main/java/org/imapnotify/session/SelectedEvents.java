package org.imapnotify.session;

import java.util.List;
import java.util.Optional;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.Registration;

/** What the registration asks of the selected mailbox. */
final class SelectedEvents {
    private final Session session;

    SelectedEvents(Session session) {
        this.session = session;
    }

    private Optional<Registration> registration() {
        return session.notifications().registration();
    }

    /** The client has said NOTIFY. */
    boolean areDecided() {
        return registration().isPresent();
    }

    private Optional<EventGroup> group() {
        return registration().flatMap(Registration::selected);
    }

    /** The client wants to hear of the selected mailbox at all. */
    boolean any() {
        return group().isPresent();
    }

    /** Without a registration everything is told, as ever. */
    boolean wants(Event event) {
        return group().map(group -> group.events().contains(event))
                .orElse(registration().isEmpty());
    }

    /** Attributes of new messages. */
    List<FetchAtt> fetchAtts() {
        return group().map(EventGroup::fetchAtts).orElse(List.of());
    }

    /** The selected mailbox is among those that are watched when it is not selected. */
    boolean wantsOthers() {
        return registration().filter(Registration::wantsOthers).isPresent();
    }

    /** Expunges have to wait for a command that permits them; IDLE is one (N-201). */
    boolean areDelayed() {
        return registration().filter(Registration::delayed).isPresent();
    }
}
