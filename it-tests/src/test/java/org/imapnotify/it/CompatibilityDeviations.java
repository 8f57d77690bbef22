package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What does not work as it should on which server, why, and what is to be had instead. */
final class CompatibilityDeviations {
    private static final String RENAMED_ANEW =
            "a renamed mailbox is told of as deleted and created: it gets another UIDVALIDITY, by which the"
                    + " proxy would know it.";

    private static final List<Variant> WITHOUT_CONDSTORE =
            List.of(Variant.DOVECOT_WITHOUT_CONDSTORE, Variant.COURIER, Variant.IMAP4D, Variant.GREENMAIL);
    private static final List<Variant> WITHOUT_ACL = List.of(
            Variant.DOVECOT_LEGACY,
            Variant.DOVECOT_WITHOUT_IDLE,
            Variant.DOVECOT_WITHOUT_CONDSTORE,
            Variant.DOVECOT_WITHOUT_LIST_STATUS,
            Variant.IMAP4D,
            Variant.GREENMAIL);
    private static final List<Variant> WITHOUT_METADATA = List.of(
            Variant.DOVECOT_LEGACY,
            Variant.DOVECOT_WITHOUT_IDLE,
            Variant.DOVECOT_WITHOUT_CONDSTORE,
            Variant.DOVECOT_WITHOUT_LIST_STATUS,
            Variant.COURIER,
            Variant.IMAP4D,
            Variant.GREENMAIL);
    private static final List<Variant> KEEPS_INBOX = List.of(
            Variant.DOVECOT_LEGACY,
            Variant.DOVECOT_WITHOUT_IDLE,
            Variant.DOVECOT_WITHOUT_CONDSTORE,
            Variant.DOVECOT_WITHOUT_LIST_STATUS,
            Variant.COURIER);
    private static final List<Variant> WITHOUT_CHILDREN = List.of(Variant.IMAP4D, Variant.GREENMAIL);

    static final List<Deviation> ALL = List.of(
            Deviation.absent(
                    WITHOUT_CONDSTORE,
                    List.of(Feature.HIGHESTMODSEQ, Feature.VANISHED),
                    ExtensionChecks::withoutCondstore,
                    "no CONDSTORE",
                    "The server has no CONDSTORE and no QRESYNC: flags other than `\\Seen` of mailboxes that are not selected cannot be seen"
                            + " from outside, and STATUS has no HIGHESTMODSEQ."),
            Deviation.absent(
                    WITHOUT_ACL,
                    List.of(Feature.NO_ACCESS),
                    ExtensionChecks::withoutAcl,
                    "no ACL",
                    "The server has no ACL: nobody can take a right from its user."),
            Deviation.absent(
                    WITHOUT_METADATA,
                    List.of(Feature.MAILBOX_METADATA, Feature.SERVER_METADATA),
                    ExtensionChecks::withoutMetadata,
                    "no METADATA",
                    "The server, configured as it is here, has no METADATA: the events are answered `NO [BADEVENT ...]` with those that can"
                            + " be had. Dovecot with METADATA: `MetadataIT`."),
            Deviation.absent(
                    KEEPS_INBOX,
                    List.of(Feature.INBOX_RENAMED),
                    NameChecks::inboxStays,
                    "refused",
                    "Dovecot and Courier refuse to rename INBOX."),
            Deviation.absent(
                    WITHOUT_CHILDREN,
                    List.of(Feature.PARENT),
                    NameChecks::childAlone,
                    "no CHILDREN",
                    "The server has no CHILDREN: its LIST does not show whether there are mailboxes below, so there is nothing new to tell of the"
                            + " one above; the new one is told of."),
            Deviation.cannot(
                    Variant.CYRUS,
                    List.of(Feature.INBOX_RENAMED),
                    "Cyrus 3.6.1 crashes on RENAME of INBOX, whoever says it (with altnamespace, as it is configured here)."),
            Deviation.degraded(
                    Variant.CYRUS,
                    Feature.NO_ACCESS,
                    NameChecks::listStatusShowsAll,
                    "Cyrus 3.6.1: LIST-STATUS goes on to give the status of a mailbox that STATUS refuses, so that the loss of the right is not"
                            + " seen; news of its messages comes as before."),
            Deviation.degraded(
                    Variant.IMAP4D,
                    Feature.INBOX_RENAMED,
                    NameChecks::inboxKeepsItsMessages,
                    "imap4d: the new mailbox is empty and told of, the messages stay in INBOX."),
            Deviation.degraded(
                    Variant.IMAP4D,
                    Feature.OWN,
                    SessionChecks::ownToldBack,
                    "imap4d: a message raises UIDNEXT by more than one, so that the proxy cannot know that nothing but the client's own has"
                            + " come; it is told back once."),
            Deviation.degraded(
                    Variant.COURIER,
                    Feature.SELECTED_DELAYED,
                    CompatibilityDeviations::delayedToldAtNoop,
                    "Courier: SEARCH, with which the proxy asks for news without EXPUNGE, shows nothing; messages are told of at the client's"
                            + " next NOOP."),
            Deviation.degraded(
                    Variant.COURIER, Feature.RENAMED, CompatibilityDeviations::renamedAnew, "Courier: " + RENAMED_ANEW),
            Deviation.degraded(
                    Variant.IMAP4D,
                    Feature.FLAG_CHANGE,
                    CompatibilityDeviations::flagsToldAfterClose,
                    "imap4d: STATUS counts a message as seen only when the session that marked it has closed the mailbox."),
            Deviation.cannot(
                    Variant.IMAP4D,
                    List.of(Feature.SELECTED_EXPUNGE, Feature.SELECTED_DELAYED),
                    "imap4d: what others expunge is never shown to a session that has the mailbox selected; nor is anything else by SEARCH,"
                            + " with which the proxy asks for news without EXPUNGE."),
            Deviation.degraded(
                    Variant.IMAP4D, Feature.RENAMED, CompatibilityDeviations::renamedAnew, "imap4d: " + RENAMED_ANEW),
            Deviation.degraded(
                    Variant.GREENMAIL,
                    Feature.SELECTED_DELAYED,
                    CompatibilityDeviations::existsCountsWithoutTheExpunged,
                    "GreenMail: EXISTS leaves out messages whose EXPUNGE it still owes, so a new message in the place of an expunged one is"
                            + " seen only with NOOP."));

    private CompatibilityDeviations() {}

    private static void delayedToldAtNoop(Stage stage) {
        String box = stage.createdWithMessages("later", 2);
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected-delayed (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.writer.append(box, Messages.withSubject("new"));
        assertThat(stage.count("\\* 1 EXPUNGE")).isZero();
        stage.ok("NOOP");
        assertThat(stage.count("\\* 1 EXPUNGE")).isEqualTo(1);
    }

    private static void existsCountsWithoutTheExpunged(Stage stage) {
        String box = stage.createdWithMessages("later", 2);
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected-delayed (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.writer.append(box, Messages.withSubject("new"));
        stage.await("\\* 2 EXISTS");
        assertThat(stage.count("\\* 1 EXPUNGE")).isZero();
        stage.ok("NOOP");
        assertThat(stage.count("\\* 1 EXPUNGE")).isEqualTo(1);
    }

    private static void renamedAnew(Stage stage) {
        String box = stage.createdWithMessages("old", 1);
        String before = uidValidity(stage, box);
        stage.ok("NOTIFY SET (personal (MailboxName))");
        stage.awaitNextSecond();
        stage.writer.ok("RENAME " + box + " " + stage.box("young"));
        stage.await("\\* LIST \\(.*NonExistent.*\\) .* " + Stage.named(box));
        stage.await("\\* LIST .* " + Stage.named(stage.box("young")));
        assertThat(uidValidity(stage, stage.box("young"))).isNotEqualTo(before);
    }

    private static String uidValidity(Stage stage, String box) {
        String status = stage.writer.ok("STATUS " + box + " (UIDVALIDITY)").get(0);
        return status.substring(status.indexOf('('));
    }

    private static void flagsToldAfterClose(Stage stage) {
        String box = stage.createdWithMessages("marked", 1);
        stage.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge FlagChange))");
        stage.store(box, 1, "\\Seen");
        stage.writer.ok("CLOSE");
        stage.awaitStatus(box, "UNSEEN 0");
    }
}
