package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What does not work as it should on which server, why, and what is to be had instead. */
final class CompatibilityDeviations {
    private static final String RENAMED_ANEW =
            "a renamed mailbox is told of as deleted and created: it gets another UIDVALIDITY, by which the"
                    + " proxy would know it.";

    static final List<Deviation> ALL = List.of(
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
