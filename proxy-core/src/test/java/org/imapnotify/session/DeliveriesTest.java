package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.Requirement;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.Registration;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final Registration PERSONAL = new Registration(List.of(new EventGroup(
            new FilterMailboxes.Personal(),
            EnumSet.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.MAILBOX_NAME),
            List.of())));

    private final Deliveries deliveries = new Deliveries();
    private Optional<MailboxName> selected = Optional.empty();

    private static MailboxRow row(String name, long messages, long uidNext) {
        return new MailboxRow(
                MailboxName.of(name), '/', Set.of(), false, true, new MailboxStatus(messages, uidNext, 1, 0, -1));
    }

    private void arm(MailboxRow... rows) {
        deliveries.arm(PERSONAL, List.of(rows), selected);
    }

    private boolean changed(Kind kind, MailboxRow row) {
        return deliveries.changed(PERSONAL, row, new MailboxChange(kind, row.name()), selected);
    }

    private static SelectedMailbox left(long exists, long uidNext) {
        SelectedMailbox.Codes codes = new SelectedMailbox.Codes();
        codes.uidNext = uidNext;
        return new SelectedMailbox(MailboxName.of("Work"), exists, codes);
    }

    private List<String> told() {
        List<String> lines = new ArrayList<>();
        Optional<Deliveries.Line> line = deliveries.next(PERSONAL, selected, false, false);
        while (line.isPresent()) {
            lines.add(new String(line.get().octets(), StandardCharsets.ISO_8859_1).strip());
            line = deliveries.next(PERSONAL, selected, false, false);
        }
        assertThat(deliveries.isPending()).isFalse();
        return lines;
    }

    @Test
    @Requirement({"N-128", "N-172"})
    void onlyTheNewestNumbersAreTold() {
        arm(row("Work", 1, 2), row("Play", 1, 2));
        for (int i = 2; i < 5000; i++) {
            assertThat(changed(Kind.STATUS, row("Work", i, i + 1))).isTrue();
        }
        changed(Kind.STATUS, row("Play", 2, 3));
        assertThat(told())
                .containsExactly("* STATUS Work (MESSAGES 4999 UIDNEXT 5000)", "* STATUS Play (MESSAGES 2 UIDNEXT 3)");
    }

    @Test
    @Requirement("N-129")
    void whatHasGoneBackToWhatTheClientKnowsIsNotTold() {
        arm(row("Work", 1, 2));
        changed(Kind.STATUS, row("Work", 1, 2));
        assertThat(told()).isEmpty();
    }

    @Test
    @Requirement({"N-170", "N-173"})
    void tooManyNamesAreSaidToBeTooMany() {
        arm();
        for (int i = 0; i < 1000; i++) {
            assertThat(changed(Kind.CREATED, row("New" + i, -1, -1))).isTrue();
        }
        assertThat(changed(Kind.CREATED, row("Last", -1, -1))).isFalse();
    }

    @Test
    @Requirement("N-046")
    void armingAgainKeepsWhatTheClientWasTold() {
        arm(row("Work", 1, 2));
        arm(row("Work", 3, 4), row("Play", 9, 10));
        assertThat(told())
                .containsExactly(
                        "* LIST () \"/\" Play",
                        "* STATUS Work (MESSAGES 3 UIDNEXT 4)",
                        "* STATUS Play (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 1 UNSEEN 0)");
    }

    @Test
    @Requirement({"N-038", "N-042", "N-043"})
    void selectedMailboxIsToldOfWhenItIsLeft() {
        arm(row("Work", 1, 2));
        changed(Kind.STATUS, row("Work", 2, 3));
        selected = Optional.of(MailboxName.of("Work"));
        deliveries.selected(MailboxName.of("Work"));
        changed(Kind.STATUS, row("Work", 3, 4));
        assertThat(told()).isEmpty();
        selected = Optional.empty();
        deliveries.unselected(left(2, 3));
        assertThat(told()).containsExactly("* STATUS Work (MESSAGES 3 UIDNEXT 4)");
    }

    @Test
    @Requirement("N-043")
    void lateTableIsNotTold() {
        arm(row("Work", 5, 6));
        deliveries.unselected(left(6, 7));
        assertThat(told()).isEmpty();
        changed(Kind.STATUS, row("Work", 6, 7));
        assertThat(told()).isEmpty();
    }

    @Test
    @Requirement("N-230")
    void whatTheClientHasReadIsKnown() {
        arm(row("Work", 1, 2));
        changed(Kind.STATUS, row("Work", 2, 3));
        deliveries.clientReads(
                new ImapReader(" Work (UIDNEXT 3 X (a b) MESSAGES 2)\r\n".getBytes(StandardCharsets.US_ASCII)), false);
        assertThat(told()).isEmpty();
    }

    @Test
    void deletedMailboxIsForgotten() {
        arm(row("Work", 1, 2));
        changed(Kind.STATUS, row("Work", 2, 3));
        changed(Kind.DELETED, row("Work", 2, 3));
        assertThat(told()).containsExactly("* LIST (\\NonExistent) \"/\" Work");
    }

    @Test
    void clearedHasNothingToTell() {
        arm(row("Work", 1, 2));
        changed(Kind.STATUS, row("Work", 2, 3));
        changed(Kind.CREATED, row("New", 1, 2));
        deliveries.clear();
        assertThat(deliveries.isPending()).isFalse();
    }
}
