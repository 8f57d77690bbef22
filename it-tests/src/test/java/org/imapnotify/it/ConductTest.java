package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The judge of the proxy's manners is himself judged: each rule that is broken is seen, and what is right is let pass. */
class ConductTest {
    private final Conduct conduct = new Conduct();
    private final Relay.Ear ear = conduct.ear();

    @Test
    void letsAWatcherListIdleAndLook() {
        proxy("w1 LOGIN u p");
        server("w1 OK done");
        proxy("w2 LIST \"\" \"*\" RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES))");
        proxy("w3 EXAMINE one");
        server("w3 OK [READ-ONLY] done");
        proxy("w4 STATUS two (MESSAGES)");
        proxy("w5 IDLE");
        proxy("DONE");

        assertThat(conduct.breaches()).isEmpty();
        assertThat(conduct.summary())
                .startsWith("watch connections 1 {EXAMINE=1, IDLE=1, LIST=1, LOGIN=1, STATUS=1}, sessions 0");
    }

    @Test
    void letsTheClientDoWhatItLikes() {
        proxy("t1 SELECT one");
        server("t1 OK done");
        proxy("t2 STATUS one (MESSAGES)");
        proxy("t3 FETCH 1 BODY[]");
        proxy("Nabcdefgh-1 IDLE");
        proxy("Nabcdefgh-w1 STATUS two (MESSAGES)");

        assertThat(conduct.breaches()).isEmpty();
    }

    @Test
    void seesStatusOfTheSelectedMailbox() {
        proxy("t1 SELECT \"on\\\"e\"");
        server("t1 OK done");
        proxy("Nabcdefgh-w1 STATUS {4}\r\non\"e (MESSAGES)");

        assertThat(conduct.breaches()).hasSize(1).first().asString().startsWith("status of the selected mailbox");
    }

    @Test
    void seesStatusOfTheMailboxThatIsBeingSelected() {
        proxy("w1 EXAMINE inbox");
        proxy("w2 STATUS INBOX (MESSAGES)");

        assertThat(conduct.breaches()).hasSize(1);
    }

    @Test
    void seesStatusOfTheSelectedMailboxInAList() {
        proxy("t1 SELECT one");
        server("t1 OK done");
        proxy("Nabcdefgh-w1 LIST \"\" \"*\" RETURN (STATUS (MESSAGES))");

        assertThat(conduct.breaches()).hasSize(1);
    }

    @Test
    void knowsWhenNothingIsSelectedAnyMore() {
        proxy("t1 SELECT one");
        server("t1 OK done");
        proxy("t2 SELECT none");
        server("t2 NO there is none");
        proxy("Nabcdefgh-w1 STATUS one (MESSAGES)");
        proxy("t3 SELECT one");
        server("t3 OK done");
        proxy("t4 UNSELECT");
        server("t4 OK done");
        proxy("Nabcdefgh-w2 STATUS one (MESSAGES)");
        assertThat(conduct.breaches()).isEmpty();

        proxy("t5 SELECT one");
        server("t5 OK done");
        proxy("t6 CLOSE");
        server("t6 NO not now");
        proxy("Nabcdefgh-w3 STATUS one (MESSAGES)");
        assertThat(conduct.breaches()).hasSize(1);
    }

    @Test
    void seesAWatcherThatSelects() {
        proxy("w1 SELECT one");

        assertThat(conduct.breaches()).hasSize(1).first().asString().startsWith("SELECT of its own");
    }

    @Test
    void seesASelectionBehindTheClientsBack() {
        proxy("Nabcdefgh-1 EXAMINE one");

        assertThat(conduct.breaches()).hasSize(1);
    }

    @Test
    void seesWhatMarksMessagesAsSeen() {
        proxy("Nabcdefgh-1 FETCH 1 (UID BODY.PEEK[] RFC822.SIZE RFC822.HEADER BODYSTRUCTURE)");
        assertThat(conduct.breaches()).isEmpty();

        proxy("Nabcdefgh-2 FETCH 1 (UID BODY[TEXT])");
        proxy("Nabcdefgh-3 UID FETCH 1 (RFC822)");
        proxy("Nabcdefgh-4 UID FETCH 1 (RFC822.TEXT)");
        assertThat(conduct.breaches()).hasSize(3);
    }

    @Test
    void seesWhatChangesAnything() {
        proxy("w1 STORE 1 FLAGS ()");
        proxy("Nabcdefgh-1 EXPUNGE");

        assertThat(conduct.breaches()).hasSize(2);
    }

    private void proxy(String line) {
        say(true, line);
    }

    private void server(String line) {
        say(false, line);
    }

    /** In two reads. */
    private void say(boolean byProxy, String line) {
        byte[] octets = (line + "\r\n").getBytes(ISO_8859_1);
        ear.heard(byProxy, octets, octets.length / 2);
        byte[] rest = java.util.Arrays.copyOfRange(octets, octets.length / 2, octets.length);
        ear.heard(byProxy, rest, rest.length);
    }
}
