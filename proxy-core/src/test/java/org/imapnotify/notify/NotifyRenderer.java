package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.imapnotify.wire.MailboxName;

/** Writes a NOTIFY as some client might: in any case, order of events, and form of strings. */
final class NotifyRenderer {
    private final Random spelling;

    NotifyRenderer(Random spelling) {
        this.spelling = spelling;
    }

    String arguments(NotifyCommand command) {
        if (command instanceof NotifyCommand.Set set) {
            String groups = set.groups().stream().map(this::group).collect(Collectors.joining(" "));
            return anyCase(set.status() ? " SET STATUS " : " SET ") + groups;
        }
        return anyCase(" NONE");
    }

    private String group(EventGroup group) {
        return "(" + filter(group.filter()) + " " + events(group) + ")";
    }

    private String filter(FilterMailboxes filter) {
        if (filter instanceof FilterMailboxes.Subtree subtree) {
            return anyCase("SUBTREE ") + mailboxes(subtree.roots());
        }
        if (filter instanceof FilterMailboxes.Mailboxes mailboxes) {
            return anyCase("MAILBOXES ") + mailboxes(mailboxes.names());
        }
        return anyCase(
                filter.equals(Notify.DELAYED)
                        ? "SELECTED-DELAYED"
                        : filter.getClass().getSimpleName());
    }

    private String mailboxes(List<MailboxName> names) {
        if (names.size() == 1 && spelling.nextBoolean()) {
            return string(names.get(0).octets());
        }
        return names.stream().map(name -> string(name.octets())).collect(Collectors.joining(" ", "(", ")"));
    }

    private String string(String value) {
        boolean quotable = value.chars().allMatch(c -> c != '\r' && c != '\n');
        boolean atom =
                !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7f && "(){%*\"\\".indexOf(c) < 0);
        return switch (spelling.nextInt(4)) {
            case 0 -> atom ? value : literal(value, "}");
            case 1 -> quotable ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : literal(value, "}");
            case 2 -> literal(value, "+}");
            default -> literal(value, "}");
        };
    }

    private static String literal(String value, String end) {
        return "{" + value.length() + end + "\r\n" + value;
    }

    private String events(EventGroup group) {
        if (group.events().isEmpty()) {
            return anyCase("NONE");
        }
        List<Event> events = new ArrayList<>(group.events());
        Collections.shuffle(events, spelling);
        return events.stream().map(event -> event(event, group.fetchAtts())).collect(Collectors.joining(" ", "(", ")"));
    }

    private String event(Event event, List<FetchAtt> atts) {
        String name = anyCase(event.rfcName());
        if (event != Event.MESSAGE_NEW || atts.isEmpty()) {
            return name;
        }
        return name + atts.stream().map(this::fetchAtt).collect(Collectors.joining(" ", " (", ")"));
    }

    /** The names of header fields are the client's own spelling and stay. */
    private String fetchAtt(FetchAtt att) {
        return anyCase(att.name()) + att.argument();
    }

    private String anyCase(String keyword) {
        return switch (spelling.nextInt(3)) {
            case 0 -> keyword.toUpperCase(Locale.ROOT);
            case 1 -> keyword.toLowerCase(Locale.ROOT);
            default -> keyword;
        };
    }
}
