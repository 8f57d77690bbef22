package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** NOTIFY on a small server of another make: no CONDSTORE, no LIST-STATUS, IDLE without flags. */
class GreenMailIT {
    private static LegacyServer greenMail;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        greenMail = LegacyServer.shared(Variant.GREENMAIL);
        proxy = ProxyProcess.before(greenMail);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void tellsOfThreeMailboxesOnOneConnection() {
        try (ImapTestClient writer = ImapTestClient.loggedIn(greenMail.port(), "user2");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user2")) {
            writer.ok("CREATE work");
            writer.ok("CREATE lists");
            assertThat(String.join("\n", client.ok("CAPABILITY"))).contains(" NOTIFY");
            client.ok("SELECT work");
            client.ok("NOTIFY SET (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) MessageExpunge))"
                    + " (mailboxes (INBOX lists) (MessageNew MessageExpunge FlagChange))");

            writer.append("INBOX", Messages.withSubject("one"));
            client.expect("\\* STATUS \"?INBOX\"? \\(MESSAGES 1 .*");
            writer.append("lists", Messages.withSubject("two"));
            client.expect("\\* STATUS \"?lists\"? \\(MESSAGES 1 .*");
            writer.append("work", Messages.withSubject("three"));
            client.expect("\\* 1 EXISTS");
            client.expect("\\* 1 FETCH \\(.*Subject: three.*");

            writer.ok("SELECT lists");
            writer.ok("STORE 1 +FLAGS (\\Seen)");
            client.expect("\\* STATUS \"?lists\"? \\(.*UNSEEN 0\\b.*");
            writer.ok("STORE 1 +FLAGS (\\Deleted)");
            writer.ok("EXPUNGE");
            client.expect("\\* STATUS \"?lists\"? \\(.*MESSAGES 0\\b.*");
            client.ok("NOOP");
        }
    }

    @Test
    void statusSetGivesEveryMailboxFirst() {
        try (ImapTestClient writer = ImapTestClient.loggedIn(greenMail.port(), "user3");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user3")) {
            writer.ok("CREATE work");
            writer.append("work", Messages.withSubject("old"));
            assertThat(client.ok("NOTIFY SET STATUS (personal (MessageNew MessageExpunge))"))
                    .anySatisfy(line -> assertThat(line).matches("\\* STATUS \"?work\"? \\(MESSAGES 1 .*"))
                    .anySatisfy(line -> assertThat(line).matches("\\* STATUS \"?INBOX\"? \\(MESSAGES 0 .*"));
        }
    }
}
