package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LooseMailboxTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
                    'Sent (MESSAGES 0)',               Sent
                    '"Sent Mail" (MESSAGES 0)',        Sent Mail
                    '"a (b)" (MESSAGES 0)',            a (b)
                    '"say \\"hi\\"" (MESSAGES 0)',     say "hi"
                    'a "q" (MESSAGES 0)',              a "q"
                    'a b (c) (MESSAGES 0)',            a b (c)
                    'a (c) (MESSAGES 0)',              a (c)
                    '"a "q"" (MESSAGES 0)',            a "q"
                    '"q" x (MESSAGES 0)',              "q" x
                    'x (MESSAGES 1 MAILBOXID (F1))',   x
                    'x y (MESSAGES 1 MAILBOXID (F1))', x y
                    """)
    void findsTheNameThatAListFollows(String line, String name) {
        ImapReader reader = on(line + "\r\n");
        assertThat(reader.mailboxThenList().octets()).isEqualTo(name);
        reader.space();
        assertThat(reader.value()).startsWith("(MESSAGES");
        reader.end();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
                    'Sent',                           Sent
                    'Sent ',                          Sent
                    '"Sent Mail"',                    Sent Mail
                    'inbox',                          INBOX
                    'new ("OLDNAME" (old))',          new
                    '"new box" ("OLDNAME" ("o (x"))', new box
                    'a "q"',                          a "q"
                    '"a "q""',                        a "q"
                    '"a\\"',                          a\\
                    'a%b*',                           a%b*
                    'a b (c)',                        a b (c)
                    '(a)',                            (a)
                    """)
    void findsTheNameAtTheEndOfTheLine(String line, String name) {
        assertThat(on(line + "\r\n").mailboxThenEnd().octets()).isEqualTo(name);
    }

    @Test
    void readsLiterals() {
        assertThat(on("{3}\r\na\r\n\r\n").mailboxThenEnd().octets()).isEqualTo("a\r\n");
        assertThat(on("{8}\r\na (b) (c (MESSAGES 0)\r\n").mailboxThenList().octets())
                .isEqualTo("a (b) (c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a", "a b", "a (", "a (MESSAGES", "\"a\" b (MESSAGES 1) x", "a (b) c", "{9}\r\nx (a)"})
    void refusesALineWithoutNameAndList(String line) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> on(line + "\r\n").mailboxThenList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{9}\r\nx"})
    void refusesALineWithoutName(String line) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> on(line + "\r\n").mailboxThenEnd());
    }

    @Test
    void givesUpSoonOnALineMadeToBeSearchedOften() {
        String hostile = "a b" + " (\"".repeat(300_000);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> on(hostile).mailboxThenList());
    }

    private static ImapReader on(String message) {
        return new ImapReader(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
