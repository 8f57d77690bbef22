package org.imapnotify.notify;

import java.util.List;
import java.util.Set;

/** One parenthesised group of NOTIFY SET. No events stands for NONE; FETCH attributes come with MessageNew only. */
public record EventGroup(FilterMailboxes filter, Set<Event> events, List<FetchAtt> fetchAtts) {
    public EventGroup {
        events = Event.ordered(events);
        fetchAtts = List.copyOf(fetchAtts);
    }
}
