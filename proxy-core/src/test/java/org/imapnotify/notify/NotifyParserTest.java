package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imapnotify.notify.Notify.NEW_AND_EXPUNGE;
import static org.imapnotify.notify.Notify.WITH_FLAGS;
import static org.imapnotify.notify.Notify.group;
import static org.imapnotify.notify.Notify.mailboxes;
import static org.imapnotify.notify.Notify.set;
import static org.imapnotify.notify.Notify.setStatus;
import static org.imapnotify.notify.Notify.subtree;

import java.util.Collections;
import java.util.Set;
import org.imapnotify.Requirement;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyParserTest {
    private static final String PAIR = "(MessageNew MessageExpunge)";

    @Test
    @Requirement("N-010")
    void readsNone() {
        assertThat(Notify.parse(" NONE")).isEqualTo(new NotifyCommand.None());
        assertThat(Notify.parse(" none")).isEqualTo(new NotifyCommand.None());
    }

    @Test
    @Requirement({"N-010", "N-014"})
    void readsKeywordsInAnyCase() {
        assertThat(Notify.parse(" sEt StAtUs (pErSoNaL (mEsSaGeNeW MESSAGEEXPUNGE)) (inboxes none)"))
                .isEqualTo(setStatus(group(Notify.PERSONAL, NEW_AND_EXPUNGE), group(Notify.INBOXES, Set.of())));
    }

    @Test
    @Requirement("N-014")
    void readsAllSevenFilters() {
        assertThat(Notify.parse(" SET (SELECTED NONE) (INBOXES NONE) (PERSONAL NONE) (SUBSCRIBED NONE)"
                        + " (SUBTREE a NONE) (MAILBOXES b NONE)"))
                .isEqualTo(set(
                        group(Notify.SELECTED, Set.of()),
                        group(Notify.INBOXES, Set.of()),
                        group(Notify.PERSONAL, Set.of()),
                        group(Notify.SUBSCRIBED, Set.of()),
                        group(subtree("a"), Set.of()),
                        group(mailboxes("b"), Set.of())));
        assertThat(Notify.parse(" SET (SELECTED-DELAYED NONE)")).isEqualTo(set(group(Notify.DELAYED, Set.of())));
    }

    @ParameterizedTest
    @Requirement("N-011")
    @ValueSource(
            strings = {
                "",
                " ",
                " MAYBE",
                " SET",
                " SET ",
                " SET STATUS",
                " SET STATUS ",
                " STATUS",
                " (NONE)",
                " \"NONE\""
            })
    void refusesWhatIsNeitherNoneNorSetWithGroups(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-012")
    @ValueSource(
            strings = {
                "NONE",
                "  NONE",
                " NONE ",
                " SET  (PERSONAL NONE)",
                " SET (PERSONAL  NONE)",
                " SET (PERSONAL NONE )",
                " SET ( PERSONAL NONE)",
                " SET (PERSONAL NONE) ",
                " SET (PERSONAL NONE)(INBOXES NONE)",
                " SET (PERSONAL NONE)  (INBOXES NONE)",
                " SET STATUS(PERSONAL NONE)",
                " SET STATUS  (PERSONAL NONE)",
                " SET (PERSONAL(MessageNew MessageExpunge))",
                " SET (PERSONAL (MessageNew  MessageExpunge))",
                " SET (PERSONAL (MessageNew MessageExpunge ))",
                " SET (PERSONAL ( MessageNew MessageExpunge))",
                " SET (SELECTED (MessageNew(UID) MessageExpunge))",
                " SET (SELECTED (MessageNew (UID)MessageExpunge))",
                " SET (SELECTED (MessageNew (UID  FLAGS) MessageExpunge))",
                " SET (SELECTED (MessageNew (UID ) MessageExpunge))",
                " SET (SELECTED (MessageNew ( UID) MessageExpunge))",
                " SET (MAILBOXES (a  b) NONE)",
                " SET (MAILBOXES (a b ) NONE)",
                " SET (MAILBOXES  a NONE)",
                " SET\t(PERSONAL NONE)"
            })
    void takesExactlyOneSpace(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-013")
    @ValueSource(strings = {" NONE x", " NONE (PERSONAL NONE)", " NONE NONE", " NONE)"})
    void refusesArgumentsOfNone(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement({"N-014", "N-026"})
    @ValueSource(
            strings = {
                " SET (SUBTREE-ONE a NONE)",
                " SET (SUBTREEONE a NONE)",
                " SET (EVERYTHING NONE)",
                " SET (\"PERSONAL\" NONE)",
                " SET PERSONAL NONE",
                " SET PERSONAL (MessageNew MessageExpunge)",
                " SET (PERSONAL)",
                " SET (PERSONAL NONE",
                " SET (PERSONAL NONE))",
                " SET (PERSONAL NONE NONE)",
                " SET (PERSONAL a NONE)",
                " SET ()",
                " SET (SELECTED)",
                " SET (STATUS) (SELECTED (MessageNew MessageExpunge))",
                " SET ((INBOX \"Sent\") (MessageNew MessageExpunge))",
                " SET (subscribed (MessageNew MessageExpunge)) NONE"
            })
    void refusesMalformedGroups(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-015")
    @ValueSource(
            strings = {
                " SET (PERSONAL ())",
                " SET (PERSONAL (\"MessageNew\" MessageExpunge))",
                " SET (PERSONAL (MessageNew \"MessageExpunge\"))",
                " SET (PERSONAL ({10}\r\nMessageNew MessageExpunge))",
                " SET (PERSONAL SOME)",
                " SET (PERSONAL \"NONE\")",
                " SET (PERSONAL ((MessageNew MessageExpunge)))"
            })
    void takesNoneOrANonEmptyListOfAtomsForEvents(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-016")
    @ValueSource(
            strings = {
                " SET (MAILBOXES (MessageNew MessageExpunge))",
                " SET (MAILBOXES () (MessageNew MessageExpunge))",
                " SET (SUBTREE (MessageNew MessageExpunge))",
                " SET (SUBTREE () (MessageNew MessageExpunge))",
                " SET (MAILBOXES NONE)",
                " SET (MAILBOXES)",
                " SET (MAILBOXES a b (MessageNew MessageExpunge))",
                " SET (MAILBOXES ((a)) (MessageNew MessageExpunge))",
                " SET (MAILBOXES {3}\r\na\0b (MessageNew MessageExpunge))"
            })
    void wantsMailboxNamesAfterSubtreeAndMailboxes(String arguments) {
        assertBad(arguments);
    }

    @Test
    @Requirement("N-017")
    void readsNamesAsAtomQuotedAndLiteral() {
        assertThat(Notify.parse(" SET (MAILBOXES (atom \"with space \\\" \\\\\" {7}\r\na(b) \"c {3+}\r\nnon) NONE)"))
                .isEqualTo(set(group(mailboxes("atom", "with space \" \\", "a(b) \"c", "non"), Set.of())));
        assertThat(Notify.parse(" SET (SUBTREE {5}\r\nLists " + PAIR + ")"))
                .isEqualTo(set(group(subtree("Lists"), NEW_AND_EXPUNGE)));
        assertThat(Notify.parse(" SET (MAILBOXES \"\" NONE)")).isEqualTo(set(group(mailboxes(""), Set.of())));
    }

    @Test
    @Requirement("N-017")
    void readsMailboxesNamedLikeKeywords() {
        assertThat(Notify.parse(
                        " SET (MAILBOXES NONE NONE) (SUBTREE STATUS " + PAIR + ") (MAILBOXES (SELECTED NONE) NONE)"))
                .isEqualTo(set(
                        group(mailboxes("NONE"), Set.of()),
                        group(subtree("STATUS"), NEW_AND_EXPUNGE),
                        group(mailboxes("SELECTED", "NONE"), Set.of())));
    }

    @Test
    @Requirement("N-018")
    void readsInboxInAnyCase() {
        assertThat(Notify.parse(" SET (MAILBOXES (inbox \"InBox\" Work work) NONE)"))
                .isEqualTo(set(group(mailboxes("INBOX", "INBOX", "Work", "work"), Set.of())));
    }

    @Test
    @Requirement("N-220")
    void readsUtf8NamesOfClientsThatEnabledThem() {
        Supported utf8 = Supported.by(capability -> false, true);
        assertThat(Notify.parse(" SET (MAILBOXES \"Entw\u00c3\u00bcrfe\" NONE)", utf8))
                .isEqualTo(set(group(mailboxes("Entw&APw-rfe"), Set.of())));
    }

    @Test
    @Requirement("N-019")
    void readsAttributesAfterMessageNewOfTheSelectedMailbox() {
        assertThat(Notify.parse(" SET (SELECTED (MessageNew (uid flags) MessageExpunge))"))
                .isEqualTo(set(group(Notify.SELECTED, NEW_AND_EXPUNGE, "UID", "FLAGS")));
        assertThat(Notify.parse(" SET (SELECTED-DELAYED (MessageExpunge FlagChange MessageNew (UID)))"))
                .isEqualTo(set(group(Notify.DELAYED, WITH_FLAGS, "UID")));
    }

    @ParameterizedTest
    @Requirement("N-019")
    @ValueSource(
            strings = {
                " SET (PERSONAL (MessageNew (UID) MessageExpunge))",
                " SET (MAILBOXES INBOX (MessageNew (UID) MessageExpunge))",
                " SET (SELECTED (MessageNew () MessageExpunge))",
                " SET (SELECTED (MessageNew (UID) (FLAGS) MessageExpunge))",
                " SET (SELECTED (MessageNew MessageExpunge (UID)))",
                " SET (SELECTED ((UID) MessageNew MessageExpunge))"
            })
    void refusesAttributesElsewhere(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-020")
    @ValueSource(
            strings = {
                " SET (SELECTED (MessageNew MessageExpunge FlagChange (FLAGS)))",
                " SET (PERSONAL (MessageNew MessageExpunge MailboxName (a)))",
                " SET (PERSONAL (Vendor.Event (a)))"
            })
    void refusesAListAfterAnyOtherEvent(String arguments) {
        assertBad(arguments);
    }

    @Test
    @Requirement("N-023")
    void readsTheExamplesOfTheRfcAsCorrected() {
        EventGroup selected =
                group(Notify.SELECTED, NEW_AND_EXPUNGE, "UID", "BODY.PEEK[HEADER.FIELDS (from to subject)]");
        assertThat(Notify.parse(" set status (selected (MessageNew (uid body.peek[header.fields (from to subject)])"
                        + " MessageExpunge)) (subtree Lists (MessageNew MessageExpunge))"))
                .isEqualTo(setStatus(selected, group(subtree("Lists"), NEW_AND_EXPUNGE)));
        assertThat(Notify.parse(" set (selected (MessageNew (uid body.peek[header.fields (from to subject)])"
                        + " MessageExpunge)) (subtree Lists (MessageNew MessageExpunge))"
                        + " (mailboxes misc (MessageNew MessageExpunge))"))
                .isEqualTo(set(
                        selected, group(subtree("Lists"), NEW_AND_EXPUNGE), group(mailboxes("misc"), NEW_AND_EXPUNGE)));
        assertThat(Notify.parse(" set (mailboxes INBOX (Messagenew messageExpunge)) (personal (SubscriptionChange))"))
                .isEqualTo(set(
                        group(mailboxes("INBOX"), NEW_AND_EXPUNGE),
                        group(Notify.PERSONAL, Set.of(Event.SUBSCRIPTION_CHANGE))));
        assertThat(Notify.parse(" set (selected (Messagenew (uid flags) messageExpunge))"
                        + " (personal (MessageNew FlagChange MessageExpunge))"))
                .isEqualTo(set(
                        group(Notify.SELECTED, NEW_AND_EXPUNGE, "UID", "FLAGS"), group(Notify.PERSONAL, WITH_FLAGS)));
    }

    @ParameterizedTest
    @Requirement("N-023")
    @ValueSource(
            strings = {
                " set status (selected MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge)"
                        + " (subtree Lists MessageNew)",
                " set (subtree Lists (MessageNew))"
            })
    void refusesTheExamplesOfTheRfcAsPrinted(String arguments) {
        assertBad(arguments);
    }

    @Test
    @Requirement("N-024")
    void takesTheSameFilterSeveralTimes() {
        assertThat(Notify.parse(" SET (MAILBOXES a " + PAIR + ") (MAILBOXES b " + PAIR + ") (PERSONAL NONE) (PERSONAL "
                        + PAIR + ")"))
                .isInstanceOf(NotifyCommand.Set.class);
    }

    @Test
    @Requirement("N-025")
    void takesRepeatedEventsAsOne() {
        assertThat(Notify.parse(
                        " SET (SELECTED (MessageNew (UID) MessageNew (UID FLAGS) MessageExpunge MessageExpunge))"))
                .isEqualTo(set(group(Notify.SELECTED, NEW_AND_EXPUNGE, "UID", "FLAGS")));
    }

    @ParameterizedTest
    @Requirement({"N-080", "N-081", "N-082", "N-089", "N-162"})
    @ValueSource(
            strings = {
                " SET (PERSONAL (MessageNew MessageExpunge AnnotationChange))",
                " SET (PERSONAL (MailboxMetadataChange))",
                " SET (PERSONAL (ServerMetadataChange MailboxName))",
                " SET (PERSONAL (Vendor.Event))",
                " SET (PERSONAL (NONE))",
                " SET (SELECTED (MessageNew MessageExpunge Vendor.Event))",
                " SET (SELECTED (ALL))",
                " SET (INBOXES " + PAIR + ") (PERSONAL (Vendor.Event MailboxName))"
            })
    void namesAllSupportedEventsWhenOneIsNot(String arguments) {
        assertThat(refused(arguments).bad()).isFalse();
        assertThat(refused(arguments).response())
                .startsWith("NO [BADEVENT (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange)] ");
    }

    @Test
    @Requirement("N-082")
    void namesMetadataEventsWhereTheyAreSupported() {
        Supported metadata = new Supported(
                Set.of(Event.SERVER_METADATA_CHANGE, Event.MESSAGE_NEW), Set.of(), Supported.Limits.DEFAULT, false);
        assertThatThrownBy(() -> Notify.parse(" SET (PERSONAL (x))", metadata))
                .hasMessageStartingWith("NO [BADEVENT (MessageNew ServerMetadataChange)] ");
        assertThat(Notify.parse(" SET (PERSONAL (ServerMetadataChange))", metadata))
                .isEqualTo(set(group(Notify.PERSONAL, Set.of(Event.SERVER_METADATA_CHANGE))));
    }

    @ParameterizedTest
    @Requirement({"N-083", "N-084", "N-085"})
    @ValueSource(
            strings = {
                " SET (PERSONAL (MessageNew))",
                " SET (PERSONAL (MessageExpunge))",
                " SET (PERSONAL (FlagChange))",
                " SET (PERSONAL (AnnotationChange))",
                " SET (PERSONAL (MessageNew FlagChange))",
                " SET (PERSONAL (MessageExpunge FlagChange MailboxName))",
                " SET (SELECTED (MessageNew (UID)))",
                " SET (SELECTED-DELAYED (MessageExpunge))",
                " SET (PERSONAL " + PAIR + ") (SUBSCRIBED (MessageNew))",
                " SET (MAILBOXES a (MessageNew)) (MAILBOXES a (MessageExpunge))",
                " SET (PERSONAL (Vendor.Event)) (SUBSCRIBED (MessageNew))"
            })
    void wantsMessageNewAndMessageExpungeTogetherInEveryGroup(String arguments) {
        assertBad(arguments);
    }

    @Test
    @Requirement("N-085")
    void saysNoToAnUnknownEventEvenWithoutThePair() {
        assertThat(refused(" SET (PERSONAL (MessageNew Vendor.Event))").bad()).isFalse();
    }

    @ParameterizedTest
    @Requirement("N-086")
    @ValueSource(
            strings = {
                " SET (SELECTED (MailboxName))",
                " SET (SELECTED (MessageNew MessageExpunge SubscriptionChange))",
                " SET (SELECTED-DELAYED (MessageNew MessageExpunge MailboxMetadataChange))",
                " SET (SELECTED (ServerMetadataChange))"
            })
    void refusesMailboxEventsOfTheSelectedMailbox(String arguments) {
        assertBad(arguments);
    }

    @ParameterizedTest
    @Requirement("N-087")
    @ValueSource(
            strings = {
                " SET (SELECTED " + PAIR + ") (SELECTED " + PAIR + ")",
                " SET (SELECTED NONE) (SELECTED-DELAYED " + PAIR + ")",
                " SET (SELECTED-DELAYED NONE) (PERSONAL NONE) (SELECTED-DELAYED NONE)"
            })
    void refusesASecondFilterOfTheSelectedMailbox(String arguments) {
        assertBad(arguments);
    }

    @Test
    @Requirement({"N-027", "N-088"})
    void saysNoWhenThereIsTooMuch() {
        Supported few = new Supported(Supported.EVENTS, Set.of(), new Supported.Limits(2, 3, 2), false);
        assertThatThrownBy(() -> Notify.parse(" SET (PERSONAL NONE) (INBOXES NONE) (SUBSCRIBED NONE)", few))
                .hasMessageStartingWith("NO [LIMIT] ");
        assertThatThrownBy(() -> Notify.parse(" SET (SELECTED (MessageNew (UID FLAGS ENVELOPE) MessageExpunge))", few))
                .hasMessageStartingWith("NO [LIMIT] ");
        assertThatThrownBy(() -> Notify.parse(" SET (MAILBOXES (a b) NONE) (SUBTREE (c d) NONE)", few))
                .hasMessageStartingWith("NO [NOTIFICATIONOVERFLOW] ");
        assertThat(Notify.parse(" SET (MAILBOXES (a b) NONE) (SUBTREE c NONE)", few))
                .isInstanceOf(NotifyCommand.Set.class);
        assertThatThrownBy(() -> Notify.parse(" SET (PERSONAL NONE) (INBOXES NONE) (SUBSCRIBED NONE) x", few))
                .hasMessageStartingWith("BAD ");
    }

    @Test
    @Requirement("N-088")
    void takesThousandsOfNamesByDefault() {
        String names = String.join(" ", Collections.nCopies(4000, "Lists/a"));
        assertThat(Notify.parse(" SET (MAILBOXES (" + names + ") " + PAIR + ")"))
                .isInstanceOfSatisfying(
                        NotifyCommand.Set.class,
                        set -> assertThat(((FilterMailboxes.Mailboxes)
                                                set.groups().get(0).filter())
                                        .names())
                                .hasSize(4000)
                                .containsOnly(MailboxName.of("Lists/a")));
    }

    @ParameterizedTest
    @Requirement({"N-005", "N-071", "N-107"})
    @ValueSource(
            strings = {
                "UID RFC822.SIZE RFC822.HEADER FLAGS BODYSTRUCTURE",
                "UID RFC822.SIZE RFC822.HEADER FLAGS",
                "UID RFC822.SIZE RFC822.HEADER FLAGS BODYSTRUCTURE PREVIEW",
                "UID RFC822.SIZE RFC822.HEADER FLAGS PREVIEW"
            })
    void takesEvolutionsLine(String fetchAtts) {
        assertThat(Notify.parse(" SET (selected (MessageNew (" + fetchAtts + ") MessageExpunge FlagChange))"
                        + " (personal (MessageNew MessageExpunge MailboxName SubscriptionChange))"))
                .isEqualTo(set(
                        group(Notify.SELECTED, WITH_FLAGS, fetchAtts.split(" ", -1)),
                        group(
                                Notify.PERSONAL,
                                Set.of(
                                        Event.MESSAGE_NEW,
                                        Event.MESSAGE_EXPUNGE,
                                        Event.MAILBOX_NAME,
                                        Event.SUBSCRIPTION_CHANGE))));
    }

    @Test
    @Requirement("N-050")
    void takesFairEmailsLine() {
        assertThat(Notify.parse(" SET STATUS (selected (MessageNew (uid) MessageExpunge FlagChange))"
                        + " (subscribed (MessageNew MessageExpunge FlagChange))"))
                .isEqualTo(setStatus(group(Notify.SELECTED, WITH_FLAGS, "UID"), group(Notify.SUBSCRIBED, WITH_FLAGS)));
    }

    @Test
    void keepsTheClientsOctetsOutOfTheAnswer() {
        assertThat(refused(" SET (PERSONAL (Evil\r\nmarker))").response()).doesNotContain("\r", "\n", "marker");
        assertThat(refused(" marker").response()).doesNotContain("marker");
    }

    private static void assertBad(String arguments) {
        assertThat(refused(arguments).bad()).isTrue();
        assertThat(refused(arguments).response()).startsWith("BAD NOTIFY");
    }

    private static NotifyRefused refused(String arguments) {
        NotifyRefused refused = catchThrowableOfType(NotifyRefused.class, () -> Notify.parse(arguments));
        assertThat(refused).as(arguments).isNotNull();
        return refused;
    }
}
