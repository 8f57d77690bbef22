package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.notify.Event.MAILBOX_NAME;
import static org.imapnotify.notify.Event.SUBSCRIPTION_CHANGE;
import static org.imapnotify.notify.Notify.NEW_AND_EXPUNGE;
import static org.imapnotify.notify.Notify.WITH_FLAGS;
import static org.imapnotify.notify.Notify.group;
import static org.imapnotify.notify.Notify.mailboxes;
import static org.imapnotify.notify.Notify.subtree;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.imapnotify.Requirement;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private record Box(MailboxName name, char delimiter, boolean selectable, boolean subscribed, boolean personal)
            implements MailboxFacts {
        static Box named(String name) {
            return new Box(MailboxName.of(name), '/', true, false, true);
        }

        Box shared() {
            return new Box(name, delimiter, selectable, subscribed, false);
        }

        Box noSelect() {
            return new Box(name, delimiter, false, subscribed, personal);
        }

        Box inSubscriptions() {
            return new Box(name, delimiter, selectable, true, personal);
        }

        Box delimitedBy(char other) {
            return new Box(name, other, selectable, subscribed, personal);
        }
    }

    private static Registration registration(EventGroup... groups) {
        return new Registration(List.of(groups));
    }

    private static Set<Event> events(FilterMailboxes filter, Box box) {
        return registration(group(filter, NEW_AND_EXPUNGE)).eventsFor(box);
    }

    @Test
    @Requirement("N-035")
    void asksNothingOfTheSelectedMailboxWithoutSelected() {
        assertThat(registration(group(Notify.PERSONAL, WITH_FLAGS)).selected()).isEmpty();
    }

    @Test
    @Requirement("N-036")
    void asksNothingOfTheSelectedMailboxWithSelectedNone() {
        Registration registration = registration(group(Notify.DELAYED, Set.of()), group(Notify.PERSONAL, WITH_FLAGS));
        assertThat(registration.selected()).isEmpty();
        assertThat(registration.delayed()).isFalse();
    }

    @Test
    @Requirement({"N-038", "N-039", "N-113"})
    void keepsTheSelectedGroupApart() {
        EventGroup delayed = group(Notify.DELAYED, NEW_AND_EXPUNGE, "UID");
        Registration registration = registration(group(Notify.PERSONAL, Set.of(MAILBOX_NAME)), delayed);
        assertThat(registration.selected()).contains(delayed);
        assertThat(registration.delayed()).isTrue();
        assertThat(registration.eventsFor(Box.named("INBOX"))).containsExactly(MAILBOX_NAME);
        assertThat(registration(group(Notify.SELECTED, NEW_AND_EXPUNGE)).delayed())
                .isFalse();
    }

    @Test
    @Requirement({"N-024", "N-040"})
    void addsUpTheEventsOfAllGroupsThatMatch() {
        EventGroup inbox = group(mailboxes("INBOX"), NEW_AND_EXPUNGE);
        EventGroup personal = group(Notify.PERSONAL, Set.of(SUBSCRIPTION_CHANGE));
        EventGroup again = group(mailboxes("INBOX", "Work"), WITH_FLAGS);
        Set<Event> all =
                EnumSet.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE, Event.SUBSCRIPTION_CHANGE);
        assertThat(registration(inbox, personal, again).eventsFor(Box.named("INBOX")))
                .isEqualTo(all);
        assertThat(registration(again, personal, inbox).eventsFor(Box.named("INBOX")))
                .isEqualTo(all);
    }

    @Test
    @Requirement("N-041")
    void letsNoneNeitherAddNorCancel() {
        Registration registration =
                registration(group(mailboxes("a"), Set.of()), group(Notify.PERSONAL, NEW_AND_EXPUNGE));
        assertThat(registration.eventsFor(Box.named("a"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(registration.namedMailboxes()).isEmpty();
    }

    @Test
    @Requirement({"N-065", "N-066", "N-070"})
    void takesPersonalAndInboxesForTheSelectablePersonalMailboxes() {
        for (FilterMailboxes filter : List.of(Notify.PERSONAL, Notify.INBOXES)) {
            assertThat(events(filter, Box.named("Work"))).isEqualTo(NEW_AND_EXPUNGE);
            assertThat(events(filter, Box.named("Work").shared())).isEmpty();
            assertThat(events(filter, Box.named("Work").noSelect())).isEmpty();
        }
    }

    @Test
    @Requirement({"N-054", "N-142"})
    void tellsOfTheNamesThatCannotBeSelectedToo() {
        Set<Event> asked = Set.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, MAILBOX_NAME, SUBSCRIPTION_CHANGE);
        for (FilterMailboxes filter : List.of(Notify.PERSONAL, mailboxes("Work"), subtree("Work"))) {
            assertThat(registration(group(filter, asked))
                            .eventsFor(Box.named("Work").noSelect()))
                    .containsExactlyInAnyOrder(MAILBOX_NAME, SUBSCRIPTION_CHANGE);
        }
    }

    @Test
    @Requirement("N-067")
    void takesSubscribedForWhatIsSubscribedNow() {
        assertThat(events(Notify.SUBSCRIBED, Box.named("Work").inSubscriptions().shared()))
                .isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(Notify.SUBSCRIBED, Box.named("Work"))).isEmpty();
    }

    @Test
    @Requirement({"N-067", "N-149"})
    void tellsSubscribersOfTheMailboxThatIsNoLongerSubscribed() {
        Registration registration = registration(group(Notify.SUBSCRIBED, Set.of(MAILBOX_NAME, SUBSCRIPTION_CHANGE)));
        assertThat(registration.eventsFor(Box.named("Work"))).containsExactly(SUBSCRIPTION_CHANGE);
    }

    @Test
    @Requirement("N-068")
    void takesSubtreeForTheRootAndWhatIsBelowIt() {
        FilterMailboxes lists = subtree("Other", "Lists");
        assertThat(events(lists, Box.named("Lists"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(lists, Box.named("Lists/a/b"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(lists, Box.named("Lists.a").delimitedBy('.'))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(lists, Box.named("ListsOther"))).isEmpty();
        assertThat(events(lists, Box.named("Lists.a"))).isEmpty();
        assertThat(events(lists, Box.named("a/Lists"))).isEmpty();
        assertThat(events(lists, Box.named("Lists").delimitedBy('\0'))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(lists, Box.named("Lists/a").delimitedBy('\0'))).isEmpty();
    }

    @Test
    @Requirement({"N-018", "N-069"})
    void takesMailboxesToTheLetter() {
        FilterMailboxes named = mailboxes("inbox", "Work", "Lists/*", "%");
        assertThat(events(named, Box.named("INBOX"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(named, Box.named("Work"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(named, Box.named("Lists/*"))).isEqualTo(NEW_AND_EXPUNGE);
        assertThat(events(named, Box.named("work"))).isEmpty();
        assertThat(events(named, Box.named("Work/a"))).isEmpty();
        assertThat(events(named, Box.named("Lists/a"))).isEmpty();
    }

    @Test
    void knowsWhatWatchingNeeds() {
        Registration selected = registration(group(Notify.SELECTED, WITH_FLAGS), group(Notify.PERSONAL, Set.of()));
        assertThat(selected.wantsOthers()).isFalse();
        assertThat(selected.wants(Event.FLAG_CHANGE)).isFalse();
        assertThat(selected.needsMailboxList()).isFalse();

        Registration named = registration(group(mailboxes("b", "inbox"), WITH_FLAGS));
        assertThat(named.wantsOthers()).isTrue();
        assertThat(named.wants(Event.FLAG_CHANGE)).isTrue();
        assertThat(named.needsMailboxList()).isFalse();
        assertThat(named.needsSubscriptions()).isFalse();
        assertThat(named.namedMailboxes()).containsExactly(MailboxName.of("b"), MailboxName.of("INBOX"));

        assertThat(registration(group(mailboxes("b"), Set.of(MAILBOX_NAME))).needsMailboxList())
                .isTrue();
        assertThat(registration(group(subtree("b"), NEW_AND_EXPUNGE)).needsMailboxList())
                .isTrue();
        assertThat(registration(group(Notify.SUBSCRIBED, NEW_AND_EXPUNGE)).needsSubscriptions())
                .isTrue();
        assertThat(registration(group(Notify.PERSONAL, Set.of(SUBSCRIPTION_CHANGE)))
                        .needsSubscriptions())
                .isTrue();
    }
}
