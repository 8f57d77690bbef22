package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedMailboxesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "APPEND;a APPEND Work (\\Seen) {3}~abc;Work",
                "COPY;a COPY 1:* Work;Work",
                "UID_COPY;a UID COPY 1,3:4 \"Work\";Work",
                "MOVE;a MOVE 1:3 inbox;INBOX Selected",
                "UID_MOVE;a UID MOVE 1:* {4+}~Work;Work Selected",
                "STORE;a STORE 1 +FLAGS (\\Seen);Selected",
                "EXPUNGE;a EXPUNGE;Selected",
                "RENAME;a RENAME Old New;Old New",
                "CREATE;a CREATE New;New",
                "NOOP;a NOOP;''",
                "APPEND;a APPEND;''",
            })
    void areThoseThatTheCommandNames(CommandName name, String octets, String expected) {
        Capture capture = new Capture(1000);
        CaptureTest.add(capture, octets.replace("~", "\r\n") + "\r\n");
        Tag tag = Tag.of(Unpooled.copiedBuffer("a", StandardCharsets.US_ASCII), 0, 1);
        assertThat(ChangedMailboxes.by(
                        new Command(tag, name, capture, false), Optional.of(MailboxName.of("Selected")), false))
                .extracting(MailboxName::octets)
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }
}
