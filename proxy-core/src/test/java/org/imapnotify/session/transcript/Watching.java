package org.imapnotify.session.transcript;

import java.util.List;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.MailboxName;

/** What watches the account's other mailboxes in a transcript. */
interface Watching {
    void loggedIn(Credentials credentials);

    void register(Credentials credentials, Registration registration);

    void leave();

    void hint(MailboxName mailbox);

    void hintNames();

    void hintMetadata(MailboxName mailbox);

    /** Octets at watch connection {@code w1}, {@code w2}, ... */
    void said(String connection, byte[] octets);

    /** The upstream closes that watch connection. */
    void closes(String connection);

    /** The script says what the account's table is, or how it changes. */
    void table(String what, List<String> arguments);
}
