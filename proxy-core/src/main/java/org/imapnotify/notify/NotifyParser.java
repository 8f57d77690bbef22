package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/**
 * Reads the arguments of NOTIFY (RFC 5465, section 8, with erratum 1804: events stand in parentheses).
 *
 * <pre>
 * notify       = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-groups / "NONE")
 * event-groups = event-group *(SP event-group)
 * event-group  = "(" filter-mailboxes SP events ")"
 * </pre>
 *
 * BAD goes before NO: what is malformed or wrongly put together gets BAD wherever it stands; then what is well formed
 * but not supported gets NO with BADEVENT; then what is too much gets NO with the limit's code. A parenthesis in the place of
 * SET or NONE begins the {@linkplain DraftForm form of the draft}.
 */
public final class NotifyParser {
    private final ImapReader in;
    private final Supported supported;
    private final FetchAttParser fetchAtts;
    private boolean unsupportedEvent;

    private NotifyParser(ImapReader in, Supported supported) {
        this.in = in;
        this.supported = supported;
        this.fetchAtts = new FetchAttParser(in, supported.fetchItems());
    }

    /**
     * @param afterCommandName stands before the space that follows NOTIFY
     * @throws NotifyRefused with the response to give
     */
    public static NotifyCommand parse(ImapReader afterCommandName, Supported supported) {
        try {
            return new NotifyParser(afterCommandName, supported).command();
        } catch (ProtocolException malformed) {
            throw NotifyRefused.bad(String.valueOf(malformed.getMessage()));
        }
    }

    private NotifyCommand command() {
        in.space();
        NotifyCommand command = in.peek() == '(' ? new DraftForm(in, fetchAtts, supported.utf8Names()).read() : verb();
        if (!in.atEnd()) {
            throw NotifyRefused.bad("nothing more expected");
        }
        if (command instanceof NotifyCommand.Set set) {
            judge(set.groups());
        }
        return command;
    }

    private NotifyCommand verb() {
        return switch (keyword()) {
            case "NONE" -> new NotifyCommand.None();
            case "SET" -> set();
            default -> throw NotifyRefused.bad("SET or NONE expected");
        };
    }

    private NotifyCommand.Set set() {
        in.space();
        boolean status = in.peek() != '(';
        if (status) {
            expectKeyword("STATUS");
            in.space();
        }
        List<EventGroup> groups = new ArrayList<>();
        do {
            groups.add(group());
        } while (in.skip(' '));
        return new NotifyCommand.Set(status, groups);
    }

    private void judge(List<EventGroup> groups) {
        if (groups.stream().filter(group -> group.filter().isSelected()).count() > 1) {
            throw NotifyRefused.bad("only one of SELECTED and SELECTED-DELAYED, and once");
        }
        if (unsupportedEvent) {
            throw NotifyRefused.badEvent(supported.events());
        }
        Supported.Limits limits = supported.limits();
        if (groups.size() > limits.groups()) {
            throw NotifyRefused.limit("groups");
        }
        if (groups.stream().anyMatch(group -> group.fetchAtts().size() > limits.fetchAtts())) {
            throw NotifyRefused.limit("FETCH attributes");
        }
        if (groups.stream().mapToInt(NotifyParser::names).sum() > limits.names()) {
            throw NotifyRefused.overflow("mailbox names");
        }
    }

    private static int names(EventGroup group) {
        if (group.filter() instanceof FilterMailboxes.Subtree subtree) {
            return subtree.roots().size();
        }
        return group.filter() instanceof FilterMailboxes.Mailboxes mailboxes
                ? mailboxes.names().size()
                : 0;
    }

    private EventGroup group() {
        in.expect('(');
        FilterMailboxes filter = filter();
        in.space();
        EventGroup group = events(filter);
        in.expect(')');
        return group;
    }

    private FilterMailboxes filter() {
        return switch (keyword()) {
            case "SELECTED" -> new FilterMailboxes.Selected();
            case "SELECTED-DELAYED" -> new FilterMailboxes.SelectedDelayed();
            case "INBOXES" -> new FilterMailboxes.Inboxes();
            case "PERSONAL" -> new FilterMailboxes.Personal();
            case "SUBSCRIBED" -> new FilterMailboxes.Subscribed();
            case "SUBTREE" -> new FilterMailboxes.Subtree(oneOrMoreMailbox());
            case "MAILBOXES" -> new FilterMailboxes.Mailboxes(oneOrMoreMailbox());
            default -> throw NotifyRefused.bad("unknown mailbox filter");
        };
    }

    private List<MailboxName> oneOrMoreMailbox() {
        in.space();
        return new MailboxListReader(in, supported.utf8Names()).read();
    }

    /** {@code events = "(" event *(SP event) ")" / "NONE"}. */
    private EventGroup events(FilterMailboxes filter) {
        if (!in.skip('(')) {
            expectKeyword("NONE");
            return new EventGroup(filter, EnumSet.noneOf(Event.class), List.of());
        }
        EventList events = new EventList();
        do {
            events.read();
        } while (events.more);
        in.expect(')');
        unsupportedEvent |= events.unknown || !supported.events().containsAll(events.known);
        return events.checkedGroup(filter);
    }

    /** The events of one group; unknown ones are counted, not kept. */
    private final class EventList {
        private final EnumSet<Event> known = EnumSet.noneOf(Event.class);
        private final List<FetchAtt> atts = new ArrayList<>();
        private boolean unknown;
        private boolean more;

        /** {@code event = "MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"] / atom}; and the space after it. */
        private void read() {
            Optional<Event> event = Event.named(in.atom());
            event.ifPresentOrElse(known::add, () -> unknown = true);
            more = in.skip(' ');
            if (more && in.peek() == '(') {
                if (event.filter(Event.MESSAGE_NEW::equals).isEmpty()) {
                    throw NotifyRefused.bad("only MessageNew has a list of attributes");
                }
                atts.addAll(fetchAtts.list());
                more = in.skip(' ');
            }
        }

        /** RFC 5465, sections 5 and 6.1. What an unknown event must be paired with nobody can say. */
        private EventGroup checkedGroup(FilterMailboxes filter) {
            if (!atts.isEmpty() && !filter.isSelected()) {
                throw NotifyRefused.bad("attributes are for the selected mailbox only");
            }
            if (filter.isSelected() && !known.stream().allMatch(Event::isMessageEvent)) {
                throw NotifyRefused.bad("the selected mailbox has message events only");
            }
            boolean messages = known.contains(Event.MESSAGE_NEW) && known.contains(Event.MESSAGE_EXPUNGE);
            if (!unknown && !messages && known.stream().anyMatch(Event::isMessageEvent)) {
                throw NotifyRefused.bad("message events need MessageNew and MessageExpunge");
            }
            return new EventGroup(filter, known, atts.stream().distinct().toList());
        }
    }

    private String keyword() {
        return in.atom().toUpperCase(Locale.ROOT);
    }

    private void expectKeyword(String keyword) {
        if (!keyword().equals(keyword)) {
            throw NotifyRefused.bad(keyword + " expected");
        }
    }
}
