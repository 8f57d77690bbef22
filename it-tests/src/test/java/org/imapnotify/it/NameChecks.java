package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

/** Features that are about names, subscriptions and rights. */
final class NameChecks {
    private NameChecks() {}

    /** RFC 5465 section 5.4: the direct parent is affected as well. */
    static void parent(Stage stage) {
        String parent = stage.created("family");
        stage.ok("NOTIFY SET (mailboxes " + parent + " (MailboxName))");
        stage.writer.ok("CREATE " + stage.child("family", "child"));
        stage.await("\\* LIST \\(.*\\) .* " + Stage.named(parent));
        assertThat(stage.count("\\* LIST \\(.*\\) .* " + Stage.named(stage.child("family", "child"))))
                .isZero();
    }

    /** RFC 3501 section 6.3.5: its messages move, it stays. */
    static void inboxRenamed(Stage stage) {
        stage.writer.append("INBOX", Messages.withSubject("moved"));
        String archive = stage.box("archive");
        stage.ok("NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
        stage.awaitNextSecond();
        stage.writer.ok("RENAME INBOX " + archive);
        stage.awaitAny("\\* LIST .* " + Stage.named(archive) + ".*");
        stage.awaitAny(Stage.status("\"INBOX\"", "MESSAGES 0"));
        assertThat(stage.count("\\* LIST \\(.*NonExistent.*\\) .*")).isZero();
    }

    /** RFC 5465 section 6.4: the list is evaluated again whenever it changes. */
    static void subscribed(Stage stage) {
        String box = stage.created("magazine");
        stage.ok("NOTIFY SET (subscribed (MessageNew MessageExpunge))");
        stage.writer.ok("SUBSCRIBE " + box);
        stage.writer.append(box, Messages.withSubject("issue 1"));
        stage.awaitStatus(box, "MESSAGES 1");
    }

    /** The writer is the mailbox's owner and keeps the rights to see its name and to change its rights. */
    static void noAccess(Stage stage) {
        String box = stage.createdWithMessages("vault", 1);
        stage.ok("NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
        stage.loseRightToRead(box);
        stage.await("\\* LIST \\(.*\\\\NoAccess.*\\) .* " + Stage.named(box));
    }

    static void inboxStays(Stage stage) {
        String tag = stage.writer.send("RENAME INBOX " + stage.box("archive"));
        stage.writer.completed(tag, "NO");
    }

    static void inboxKeepsItsMessages(Stage stage) {
        stage.writer.append("INBOX", Messages.withSubject("stays"));
        String archive = stage.box("papers");
        stage.ok("NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
        stage.writer.ok("RENAME INBOX " + archive);
        stage.await("\\* LIST .* " + Stage.named(archive) + ".*");
        assertThat(stage.writer.ok("STATUS " + archive + " (MESSAGES)").get(0)).contains("(MESSAGES 0)");
    }

    static void childAlone(Stage stage) {
        stage.created("clan");
        stage.ok("NOTIFY SET (personal (MailboxName))");
        String child = stage.child("clan", "child");
        stage.writer.ok("CREATE " + child);
        stage.await("\\* LIST .* " + Stage.named(child));
        assertThat(stage.texts().toString()).doesNotContainPattern("Has(No)?Children");
    }

    static void listStatusShowsAll(Stage stage) {
        String box = stage.createdWithMessages("safe", 1);
        stage.ok("NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
        stage.loseRightToRead(box);
        stage.writer.completed(stage.writer.send("STATUS " + box + " (MESSAGES)"), "NO");
        assertThat(stage.writer
                        .ok("LIST \"\" " + box + " RETURN (STATUS (MESSAGES))")
                        .toString())
                .contains("(MESSAGES 1)");
        stage.writer.ok("SETACL " + box + " " + stage.user + " lai");
        stage.writer.append(box, Messages.withSubject("news"));
        stage.awaitStatus(box, "MESSAGES 2");
    }
}
