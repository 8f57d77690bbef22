package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.Registration;
import org.imapnotify.wire.MailboxName;

/** A subscriber that remembers what it was told, as lines. */
final class FakeSession implements Subscriber {
    static final Set<Event> MESSAGES = Set.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE);
    static final Set<Event> ALL = Set.of(
            Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE, Event.MAILBOX_NAME, Event.SUBSCRIPTION_CHANGE);

    final List<String> told = new ArrayList<>();
    final List<MailboxRow> rows = new ArrayList<>();

    static Registration named(String... names) {
        List<MailboxName> mailboxes =
                List.of(names).stream().map(MailboxName::of).toList();
        return registration(new FilterMailboxes.Mailboxes(mailboxes), MESSAGES);
    }

    static Registration registration(FilterMailboxes filter, Set<Event> events) {
        return new Registration(List.of(new EventGroup(filter, events, List.of())));
    }

    static Registration personal() {
        return registration(new FilterMailboxes.Personal(), MESSAGES);
    }

    List<String> take() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    List<String> names() {
        return rows.stream().map(row -> row.name().octets()).toList();
    }

    @Override
    public void armed(List<MailboxRow> fresh) {
        told.add("armed " + fresh.size());
        rows.clear();
        rows.addAll(fresh);
    }

    @Override
    public void crowded() {
        told.add("crowded");
    }

    @Override
    public void changed(MailboxRow row, MailboxChange change) {
        String name = row.name().octets();
        told.add(
                switch (change.kind()) {
                    case STATUS ->
                        name + " " + row.status().messages() + "/"
                                + row.status().unseen();
                    case RENAMED, RENAMED_WITH_PARENT ->
                        change.kind() + " " + change.oldName().octets() + " " + name;
                    default -> change.kind() + " " + name;
                });
    }

    @Override
    public void unchanged(MailboxName mailbox) {}

    @Override
    public void metadataChanged(MetadataChange change) {
        told.add("METADATA " + change.mailbox().octets() + " "
                + change.entries().stream().map(MetadataEntry::name).toList());
    }

    @Override
    public void lost(String why) {
        told.add("lost " + why);
    }

    /** What a client makes of names that it is told of: it renames what is below along. */
    static void follow(Set<String> names, List<String> told) {
        for (String event : told) {
            String[] words = event.split(" ", -1);
            switch (words[0]) {
                case "CREATED" -> names.add(words[1]);
                case "DELETED" -> names.remove(words[1]);
                case "RENAMED" ->
                    List.copyOf(names).stream()
                            .filter(name -> (name + "/").startsWith(words[1] + "/"))
                            .forEach(name -> {
                                names.remove(name);
                                names.add(words[2] + name.substring(words[1].length()));
                            });
                default -> {}
            }
        }
    }
}
