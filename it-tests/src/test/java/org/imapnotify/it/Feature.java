package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client may expect of NOTIFY, each as a small check that throws where it does not get it. */
enum Feature {
    STATUS_INDICATOR("`STATUS` indicator", stage -> {
        String box = stage.createdWithMessages("first", 1);
        stage.ok("NOTIFY SET STATUS (personal (MessageNew MessageExpunge))");
        assertThat(stage.count(Stage.status(box, "MESSAGES 1"))).isEqualTo(1);
    }),
    MESSAGE_NEW("`MessageNew` elsewhere", stage -> {
        String box = stage.created("new");
        stage.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge))");
        stage.writer.append(box, Messages.withSubject("news"));
        stage.awaitStatus(box, "MESSAGES 1");
    }),
    MESSAGE_EXPUNGE("`MessageExpunge` elsewhere", stage -> {
        String box = stage.createdWithMessages("expunge", 2);
        stage.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.awaitStatus(box, "MESSAGES 1");
    }),
    FLAG_CHANGE("`FlagChange` elsewhere (\\Seen)", stage -> {
        String box = stage.createdWithMessages("flags", 1);
        stage.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge FlagChange))");
        stage.store(box, 1, "\\Seen");
        stage.awaitStatus(box, "UNSEEN 0");
    }),
    SELECTED("selected: `MessageNew` with attributes", stage -> {
        String box = stage.created("selected");
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) MessageExpunge))");
        stage.awaitNextSecond(); // imap4d sees that a folder has changed by its time
        stage.writer.append(box, Messages.withSubject("here"));
        stage.await("\\* 1 EXISTS");
        stage.await("\\* 1 FETCH \\(.*UID .*Subject: here.*");
    }),
    SELECTED_EXPUNGE("selected: `MessageExpunge`", stage -> {
        String box = stage.createdWithMessages("vanishing", 2);
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.await("\\* 1 EXPUNGE");
    }),
    SELECTED_DELAYED("`selected-delayed`", stage -> {
        String box = stage.createdWithMessages("delayed", 2);
        stage.ok("SELECT " + box);
        stage.ok("NOTIFY SET (selected-delayed (MessageNew MessageExpunge))");
        stage.expunge(box, 1);
        stage.writer.append(box, Messages.withSubject("later"));
        stage.await("\\* 3 EXISTS");
        assertThat(stage.count("\\* 1 EXPUNGE")).isZero();
        stage.ok("NOOP");
        assertThat(stage.count("\\* 1 EXPUNGE")).isEqualTo(1);
    }),
    CREATED("`MailboxName`: created", stage -> {
        stage.ok("NOTIFY SET (personal (MailboxName))");
        String box = stage.created("born");
        stage.await("\\* LIST .* " + Stage.named(box));
    }),
    DELETED("`MailboxName`: deleted", stage -> {
        String box = stage.created("mortal");
        stage.ok("NOTIFY SET (personal (MailboxName))");
        stage.writer.ok("DELETE " + box);
        stage.await("\\* LIST \\(.*\\\\NonExistent.*\\) .* " + Stage.named(box));
    }),
    RENAMED("`MailboxName`: renamed", stage -> {
        String box = stage.createdWithMessages("before", 1);
        stage.ok("NOTIFY SET (personal (MailboxName))");
        stage.awaitNextSecond();
        stage.writer.ok("RENAME " + box + " " + stage.box("after"));
        stage.await("\\* LIST .* " + Stage.named(stage.box("after")) + " \\(\"?OLDNAME\"? \\(" + Stage.named(box)
                + "\\)\\)");
    }),
    SUBSCRIPTION_CHANGE("`SubscriptionChange`", stage -> {
        String box = stage.created("paper");
        stage.ok("NOTIFY SET (personal (SubscriptionChange))");
        stage.writer.ok("SUBSCRIBE " + box);
        stage.await("\\* LIST \\(.*\\\\Subscribed.*\\) .* " + Stage.named(box));
    }),
    UNDER_IDLE("events while the client is in IDLE", stage -> {
        String selected = stage.created("idle");
        String box = stage.created("other");
        stage.ok("SELECT " + selected);
        stage.ok("NOTIFY SET (selected (MessageNew MessageExpunge)) (mailboxes " + box
                + " (MessageNew MessageExpunge))");
        String tag = stage.client.send("IDLE");
        stage.await("\\+.*");
        stage.writer.append(box, Messages.withSubject("elsewhere"));
        stage.awaitStatus(box, "MESSAGES 1");
        stage.awaitNextSecond();
        stage.writer.append(selected, Messages.withSubject("here"));
        stage.await("\\* 1 EXISTS");
        stage.client.raw("DONE\r\n");
        stage.await(tag + " OK.*");
    }),
    ONCE("nothing twice after the same `NOTIFY` again", stage -> {
        String box = stage.created("once");
        String other = stage.created("often");
        String command = "NOTIFY SET (mailboxes (" + box + " " + other + ") (MessageNew MessageExpunge))";
        stage.ok(command);
        stage.writer.append(box, Messages.withSubject("one"));
        stage.awaitStatus(box, "MESSAGES 1");
        stage.ok(command);
        for (int round = 1; round <= 4; round++) {
            stage.writer.append(other, Messages.withSubject("later " + round));
            stage.awaitStatus(other, "MESSAGES " + round);
        }
        assertThat(stage.count("\\* STATUS " + Stage.named(box) + " .*")).isEqualTo(1);
    }),
    NAME("a name like `été [a] (b)`", stage -> {
        String box = stage.created("&AOk-t&AOk- [a] (b)");
        stage.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge))");
        stage.writer.append(box, Messages.withSubject("news"));
        stage.awaitStatus(box, "MESSAGES 1");
    }),
    PARENT("`MailboxName`: a mailbox is created below", NameChecks::parent),
    INBOX_RENAMED("`MailboxName`: INBOX renamed", NameChecks::inboxRenamed),
    SUBSCRIBED("`subscribed` follows the subscriptions", NameChecks::subscribed),
    NO_ACCESS("`\\NoAccess` when the right to read is lost", NameChecks::noAccess),
    HIGHESTMODSEQ("`HIGHESTMODSEQ` told, any flag", ExtensionChecks::highestModSeq),
    VANISHED("selected: `VANISHED` after `ENABLE QRESYNC`", ExtensionChecks::vanished),
    MAILBOX_METADATA("`MailboxMetadataChange`", ExtensionChecks::mailboxMetadata),
    SERVER_METADATA("`ServerMetadataChange`", ExtensionChecks::serverMetadata),
    OWN("own changes are not told back", SessionChecks::own),
    LEFT("a mailbox selected and left: nothing lost", SessionChecks::left),
    NONE("silence after `NOTIFY NONE`", SessionChecks::none),
    HINT("another session's change at once (poll interval 10 min)", SessionChecks::hint),
    INLINE("`--watch inline`: `MessageNew` elsewhere", SessionChecks::inline),
    CUT("watch connections cut: nothing lost", SessionChecks::cut);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // the checks hold nothing
    private final Check check;

    Feature(String title, Check check) {
        this.title = title;
        this.check = check;
    }

    String title() {
        return title;
    }

    void check(Stage stage) {
        check.on(stage);
    }

    /** Throws where the feature does not work. */
    @FunctionalInterface
    interface Check {
        void on(Stage stage);
    }
}
