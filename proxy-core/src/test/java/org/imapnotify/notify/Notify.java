package org.imapnotify.notify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;

/** Short ways to parse a NOTIFY and to say what it should give. */
final class Notify {
    static final FilterMailboxes SELECTED = new FilterMailboxes.Selected();
    static final FilterMailboxes DELAYED = new FilterMailboxes.SelectedDelayed();
    static final FilterMailboxes INBOXES = new FilterMailboxes.Inboxes();
    static final FilterMailboxes PERSONAL = new FilterMailboxes.Personal();
    static final FilterMailboxes SUBSCRIBED = new FilterMailboxes.Subscribed();

    static final Set<Event> NEW_AND_EXPUNGE = Set.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE);
    static final Set<Event> WITH_FLAGS = Set.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE);

    static final Set<String> EVERYTHING =
            Set.of("CONDSTORE", "QRESYNC", "OBJECTID", "BINARY", "IMAP4REV2", "PREVIEW", "SAVEDATE", "X-GM-EXT-1");

    private Notify() {}

    static NotifyCommand parse(String arguments) {
        return parse(arguments, having(EVERYTHING));
    }

    static NotifyCommand parse(String arguments, Supported supported) {
        byte[] line = (arguments + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return NotifyParser.parse(new ImapReader(line), supported);
    }

    static Supported having(Set<String> capabilities) {
        Predicate<String> has = word -> capabilities.contains(word.toUpperCase(Locale.ROOT));
        return Supported.by(has, false);
    }

    static NotifyCommand set(EventGroup... groups) {
        return new NotifyCommand.Set(false, Arrays.asList(groups));
    }

    static NotifyCommand setStatus(EventGroup... groups) {
        return new NotifyCommand.Set(true, Arrays.asList(groups));
    }

    static EventGroup group(FilterMailboxes filter, Set<Event> events, String... fetchAtts) {
        return new EventGroup(
                filter, events, Arrays.stream(fetchAtts).map(Notify::fetchAtt).toList());
    }

    static FetchAtt fetchAtt(String written) {
        int name = 0;
        while (name < written.length() && "[ ".indexOf(written.charAt(name)) < 0) {
            name++;
        }
        return new FetchAtt(written.substring(0, name), written.substring(name));
    }

    static FilterMailboxes mailboxes(String... names) {
        return new FilterMailboxes.Mailboxes(names(names));
    }

    static FilterMailboxes subtree(String... names) {
        return new FilterMailboxes.Subtree(names(names));
    }

    private static List<MailboxName> names(String... names) {
        return Arrays.stream(names).map(MailboxName::of).toList();
    }
}
