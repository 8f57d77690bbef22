package org.imapnotify.watch;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;

/**
 * One LIST or LSUB line. mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
 *
 * @param delimiter 0 for NIL
 * @param attributes without \Subscribed
 * @param subscribed \Subscribed was among them
 */
record ListedMailbox(MailboxName name, char delimiter, Set<String> attributes, boolean subscribed) {
    private static final String SUBSCRIBED = "\\Subscribed";

    static ListedMailbox of(Response line) {
        ImapReader reader = line.arguments();
        Set<String> attributes = new LinkedHashSet<>();
        reader.list(() -> attributes.add(reader.flag()));
        boolean subscribed = attributes.removeIf(SUBSCRIBED::equalsIgnoreCase);
        reader.space();
        String delimiter = reader.nstring().orElse("");
        reader.space();
        return new ListedMailbox(
                reader.mailboxThenEnd(),
                delimiter.isEmpty() ? 0 : delimiter.charAt(0),
                Collections.unmodifiableSet(attributes),
                subscribed);
    }
}
