package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftFormTest {
    private static NotifyCommand parse(String arguments) {
        return Notify.parse(arguments, Notify.having(Set.of("CONDSTORE")));
    }

    @Test
    void isReadAsTheRfcsForm() {
        assertThat(parse(" (INBOX (NewMessage (uid modseq) all ExpungeMessage))"))
                .isEqualTo(parse(" SET (MAILBOXES INBOX (MessageNew MessageExpunge FlagChange))"
                        + " (SELECTED (MessageNew (UID MODSEQ) MessageExpunge FlagChange))"));
        assertThat(parse(" (inbox (newmessage (uid body.peek[header.fields (subject)])))"))
                .isEqualTo(parse(" SET (MAILBOXES INBOX (MessageNew MessageExpunge))"
                        + " (SELECTED (MessageNew (UID body.peek[header.fields (subject)]) MessageExpunge))"));
        assertThat(parse(" ((INBOX \"a b\") (ExpungeMessage))"))
                .isEqualTo(parse(" SET (MAILBOXES (INBOX \"a b\") (MessageNew MessageExpunge))"
                        + " (SELECTED (MessageNew MessageExpunge))"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " (INBOX)",
                " (INBOX ())",
                " (INBOX NewMessage)",
                " (INBOX (MessageNew))",
                " (INBOX (NewMessage ()))",
                " (INBOX (NewMessage) (ExpungeMessage))",
                " (INBOX (NewMessage)) (Work (NewMessage))",
                " (INBOX (ExpungeMessage (uid)))",
                " (() (NewMessage))",
                " (INBOX (NewMessage)) "
            })
    void whatIsNotUnderstoodIsBad(String arguments) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOfSatisfying(
                        NotifyRefused.class,
                        refused -> assertThat(refused.bad()).isTrue());
    }
}
