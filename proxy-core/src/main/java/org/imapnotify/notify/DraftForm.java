package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.imapnotify.wire.ImapReader;

/**
 * The form of the command before it was RFC 5465, which some clients were written for:
 *
 * <pre>
 * draft       = "(" mailboxes SP "(" draft-event *(SP draft-event) ")" ")"
 * mailboxes   = mailbox / "(" mailbox *(SP mailbox) ")"
 * draft-event = "NewMessage" [SP "(" fetch-att *(SP fetch-att) ")"] / "ExpungeMessage" / "all"
 * </pre>
 *
 * It is taken for the RFC's {@code SET (MAILBOXES mailboxes events) (SELECTED events)}: messages come and go in pairs there, so
 * either word stands for both; {@code all} adds changes of flags. Whatever else it had is refused, because nobody knows what it meant.
 */
final class DraftForm {
    private final ImapReader in;
    private final FetchAttParser fetchAtts;
    private final boolean utf8Names;
    private final Set<Event> events = EnumSet.noneOf(Event.class);
    private final List<FetchAtt> atts = new ArrayList<>();

    DraftForm(ImapReader in, FetchAttParser fetchAtts, boolean utf8Names) {
        this.in = in;
        this.fetchAtts = fetchAtts;
        this.utf8Names = utf8Names;
    }

    /** Stands in front of the first parenthesis. */
    NotifyCommand.Set read() {
        in.expect('(');
        FilterMailboxes mailboxes = new FilterMailboxes.Mailboxes(new MailboxListReader(in, utf8Names).read());
        in.space();
        in.expect('(');
        boolean more;
        do {
            more = event();
        } while (more);
        in.expect(')');
        in.expect(')');
        return new NotifyCommand.Set(
                false,
                List.of(
                        new EventGroup(mailboxes, events, List.of()),
                        new EventGroup(
                                new FilterMailboxes.Selected(),
                                events,
                                atts.stream().distinct().toList())));
    }

    /** True when another follows. */
    private boolean event() {
        String word = in.atom().toUpperCase(Locale.ROOT);
        events.addAll(Set.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE));
        switch (word) {
            case "NEWMESSAGE" -> {
                boolean more = in.skip(' ');
                if (more && in.peek() == '(') {
                    atts.addAll(fetchAtts.list());
                    more = in.skip(' ');
                }
                return more;
            }
            case "EXPUNGEMESSAGE" -> {}
            case "ALL" -> events.add(Event.FLAG_CHANGE);
            default -> throw NotifyRefused.bad("NewMessage, ExpungeMessage or all expected in the draft's form");
        }
        return in.skip(' ');
    }
}
