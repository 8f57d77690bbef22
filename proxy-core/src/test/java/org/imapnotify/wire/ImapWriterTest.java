package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImapWriterTest {

    @Test
    void writesAResponse() {
        ImapWriter writer = new ImapWriter()
                .raw("* STATUS ")
                .mailbox(MailboxName.of("Sent Mail"), false)
                .raw(" (MESSAGES")
                .sp()
                .number(4_294_967_296L)
                .raw(")")
                .crlf();
        assertThat(written(writer)).isEqualTo("* STATUS \"Sent Mail\" (MESSAGES 4294967296)\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "INBOX, INBOX",
                "a]b, a]b",
                "&AOk-, &AOk-",
                "'', '\"\"'",
                "nil, '\"nil\"'",
                "a b, '\"a b\"'",
                "a%, '\"a%\"'",
                "a\"b\\, '\"a\\\"b\\\\\"'"
            })
    void writesTheShortestLegalForm(String value, String form) {
        assertThat(written(new ImapWriter().astring(value))).isEqualTo(form);
    }

    @Test
    void writesWhatNoQuotesCanHoldAsLiteral() {
        assertThat(written(new ImapWriter().astring("a\r\nb"))).isEqualTo("{4}\r\na\r\nb");
        assertThat(written(new ImapWriter().astring("\u00e9"))).isEqualTo("{1}\r\n\u00e9");
        assertThat(written(new ImapWriter().string("a\0"))).isEqualTo("{2}\r\na\0");
        assertThat(written(new ImapWriter().literal(""))).isEqualTo("{0}\r\n");
    }

    @Test
    void quotesUtf8NamesOnlyForThoseWhoEnabledIt() {
        MailboxName summer = MailboxName.of("&AOk-t&AOk-");
        assertThat(written(new ImapWriter().mailbox(summer, false))).isEqualTo("&AOk-t&AOk-");
        assertThat(written(new ImapWriter().mailbox(summer, true)))
                .isEqualTo("\"" + Utf8.encode("\u00e9t\u00e9") + "\"");
        assertThat(written(new ImapWriter().mailbox(MailboxName.of("a&-b"), true)))
                .isEqualTo("a&b");
        assertThat(written(new ImapWriter().mailbox(MailboxName.of("\u00ff"), true)))
                .isEqualTo("{1}\r\n\u00ff");
    }

    @Test
    void growsWithWhatIsWritten() {
        assertThat(new ImapWriter().raw("x".repeat(100_000)).raw("y").toBytes()).hasSize(100_001);
    }

    private static String written(ImapWriter writer) {
        return text(writer.toBytes());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
