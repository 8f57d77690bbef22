package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
    private static Response response(String line) {
        return Response.parse((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static StatusLine status(String line) {
        return StatusLine.of(response(line));
    }

    @Test
    void statusNamesComeInEveryForm() {
        for (String name : new String[] {"inbox", "\"INBOX\"", "{5}\r\nInbox"}) {
            assertThat(status("* STATUS " + name + " (MESSAGES 1)").name()).isEqualTo(MailboxName.INBOX);
        }
        assertThat(status("* STATUS a \"q\" (MESSAGES 0)").name()).isEqualTo(MailboxName.of("a \"q\""));
    }

    @Test
    void statusItemsComeInAnyOrderWithUnknownOnesBetween() {
        assertThat(status("* status a (UNSEEN 4 MAILBOXID (\u00a5x) uidvalidity 3 RECENT 9 UIDNEXT 2 MESSAGES 1)")
                        .status())
                .isEqualTo(new MailboxStatus(1, 2, 3, 4, -1));
        assertThat(status("* STATUS a (MESSAGES 1 HIGHESTMODSEQ 9223372036854775807)")
                        .status()
                        .highestModSeq())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void statusWithoutMessagesIsNone() {
        assertThatThrownBy(() -> status("* STATUS a ()")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void listLinesGiveAttributesAndSubscription() {
        ListedMailbox listed = ListedMailbox.of(
                response("* LIST (\\HasNoChildren \\subscribed) \"/\" \"a \\\"b\\\"\" (\"OLDNAME\" (\"x\"))"));
        assertThat(listed.name()).isEqualTo(MailboxName.of("a \"b\""));
        assertThat(listed.attributes()).containsExactly("\\HasNoChildren");
        assertThat(listed.subscribed()).isTrue();
        assertThat(listed.delimiter()).isEqualTo('/');
    }

    @Test
    void aFlatHierarchyHasNoDelimiter() {
        assertThat(ListedMailbox.of(response("* LIST (\\NoInferiors) NIL INBOX"))
                        .delimiter())
                .isEqualTo('\0');
    }

    @ParameterizedTest
    @CsvSource({
        "INBOX, true",
        "INBOX.sub, true",
        "#shared.x, false",
        "shared.x, false",
        "shared, false",
        "elsewhere, false"
    })
    void namespacesOfCourier(String name, boolean personal) {
        Namespaces namespaces = Namespaces.of(
                response("* NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"#shared.\" \".\")(\"shared.\" \".\"))"));
        assertThat(namespaces.personal(MailboxName.of(name))).isEqualTo(personal);
        assertThat(namespaces.delimiter()).isEqualTo('.');
    }

    @ParameterizedTest
    @CsvSource({"a, true", "Other Users, false", "Other Users/joe, false", "Other Usersx, true"})
    void namespacesOfCyrus(String name, boolean personal) {
        Namespaces namespaces = Namespaces.of(
                response(
                        "* NAMESPACE ((\"\" \"/\" \"X-PARAM\" (\"a\" \"b\"))) ((\"Other Users/\" \"/\")) ((\"Shared Folders/\" \"/\"))"));
        assertThat(namespaces.personal(MailboxName.of(name))).isEqualTo(personal);
    }

    @Test
    void withoutAnyNamespaceOnlyInboxIsPersonal() {
        Namespaces namespaces = Namespaces.of(response("* NAMESPACE NIL NIL NIL"));
        assertThat(namespaces.personal(MailboxName.INBOX)).isTrue();
        assertThat(namespaces.personal(MailboxName.of("a"))).isFalse();
    }
}
