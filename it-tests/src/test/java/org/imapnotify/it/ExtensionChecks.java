package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

/** Features that need more of the server than IMAP4rev1, and what there is without. */
final class ExtensionChecks {
    private ExtensionChecks() {}

    /** RFC 5465 section 5.1 and RFC 7162: a flag that no counter shows. */
    static void highestModSeq(Stage stage) {
        String box = stage.createdWithMessages("counted", 1);
        stage.ok("ENABLE CONDSTORE");
        stage.ok("NOTIFY SET STATUS (mailboxes " + box + " (MessageNew MessageExpunge FlagChange))");
        assertThat(stage.count(Stage.status(box, "HIGHESTMODSEQ \\d+"))).isEqualTo(1);
        stage.store(box, 1, "\\Flagged");
        stage.awaitStatus(box, "HIGHESTMODSEQ \\d+");
    }

    static void vanished(Stage stage) {
        String box = stage.createdWithMessages("quick", 2);
        stage.ok("ENABLE QRESYNC");
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.await("\\* VANISHED 1");
    }

    static void mailboxMetadata(Stage stage) {
        String box = stage.created("annotated");
        stage.ok("NOTIFY SET (personal (MailboxMetadataChange))");
        stage.writer.ok("SETMETADATA " + box + " (/private/comment \"news\")");
        stage.await("\\* METADATA " + Stage.named(box) + " /private/comment");
    }

    static void serverMetadata(Stage stage) {
        stage.ok("NOTIFY SET (personal (ServerMetadataChange))");
        stage.writer.ok("SETMETADATA \"\" (/private/comment \"news\")");
        stage.await("\\* METADATA \"\" /private/comment");
    }

    private static void expectAbsent(Stage stage, String... capabilities) {
        String words = stage.ok("CAPABILITY").toString();
        for (String capability : capabilities) {
            assertThat(words).doesNotContainPattern("[ \\]]" + capability + "[ \\]]");
        }
    }

    /** What STATUS shows without is told. */
    static void withoutCondstore(Stage stage) {
        expectAbsent(stage, "CONDSTORE", "QRESYNC");
        String box = stage.created("plain");
        stage.ok("NOTIFY SET STATUS (mailboxes " + box + " (MessageNew MessageExpunge FlagChange))");
        stage.writer.append(box, Messages.withSubject("news"));
        stage.awaitStatus(box, "MESSAGES 1");
        assertThat(stage.count(Stage.status(box, "HIGHESTMODSEQ"))).isZero();
    }

    static void withoutAcl(Stage stage) {
        expectAbsent(stage, "ACL");
    }

    static void withoutMetadata(Stage stage) {
        expectAbsent(stage, "METADATA");
        String tag = stage.client.send("NOTIFY SET (personal (MailboxMetadataChange ServerMetadataChange))");
        assertThat(stage.await(tag + " .*")).contains(" NO [BADEVENT (").doesNotContain("Metadata");
    }
}
