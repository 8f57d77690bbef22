package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imapnotify.Requirement;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private static final MailboxStatus STATUS = new MailboxStatus(503, 10002, 101, 4, 65666665);
    private static final MailboxName DRAFTS = MailboxName.of("Entw&APw-rfe");

    @Test
    @Requirement({"N-055", "N-120", "N-122"})
    void writesStatusInOneOrder() {
        assertThat(status(MailboxName.of("Lists/Lemonade"), false))
                .isEqualTo("* STATUS Lists/Lemonade"
                        + " (MESSAGES 503 UIDNEXT 10002 UIDVALIDITY 101 UNSEEN 4 HIGHESTMODSEQ 65666665)\r\n");
    }

    @Test
    @Requirement({"N-055", "N-220"})
    void writesNamesAsTheClientReadsThem() {
        assertThat(status(DRAFTS, false)).startsWith("* STATUS Entw&APw-rfe (");
        assertThat(status(DRAFTS, true)).startsWith("* STATUS \"Entw\u00c3\u00bcrfe\" (");
        assertThat(status(MailboxName.of("a \"b\""), false)).startsWith("* STATUS \"a \\\"b\\\"\" (");
    }

    @Test
    @Requirement({"N-140", "N-141", "N-149", "N-152"})
    void writesList() {
        assertThat(text(new ListResponse(List.of(), '/', false).of(MailboxName.of("NewMailbox"))))
                .isEqualTo("* LIST () \"/\" NewMailbox\r\n");
        assertThat(text(new ListResponse(List.of("\\NonExistent"), '.', false).of(MailboxName.of("INBOX.a b"))))
                .isEqualTo("* LIST (\\NonExistent) \".\" \"INBOX.a b\"\r\n");
        assertThat(text(new ListResponse(List.of("\\Subscribed", "\\HasNoChildren"), '/', true).of(DRAFTS)))
                .isEqualTo("* LIST (\\Subscribed \\HasNoChildren) \"/\" \"Entw\u00c3\u00bcrfe\"\r\n");
    }

    @Test
    @Requirement("N-152")
    void writesAnyDelimiter() {
        assertThat(text(new ListResponse(List.of(), '\0', false).of(DRAFTS))).startsWith("* LIST () NIL E");
        assertThat(text(new ListResponse(List.of(), '\\', false).of(DRAFTS))).startsWith("* LIST () \"\\\\\" E");
    }

    @Test
    @Requirement({"N-143", "N-147", "N-220"})
    void writesTheOldNameOfARenamedMailbox() {
        ListResponse list = new ListResponse(List.of("\\HasNoChildren"), '/', true);
        assertThat(text(list.renamed(MailboxName.of("New"), MailboxName.of("Old (1)"))))
                .isEqualTo("* LIST (\\HasNoChildren) \"/\" New (\"OLDNAME\" (\"Old (1)\"))\r\n");
        assertThat(text(list.renamed(MailboxName.of("New"), DRAFTS))).contains("(\"Entw\u00c3\u00bcrfe\")");
    }

    private static String status(MailboxName mailbox, boolean utf8) {
        StatusNews news = StatusNews.initial(STATUS, Notify.WITH_FLAGS, true).orElseThrow();
        return text(StatusResponse.of(mailbox, news, utf8));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
