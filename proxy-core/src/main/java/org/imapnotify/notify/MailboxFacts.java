package org.imapnotify.notify;

import org.imapnotify.wire.MailboxName;

/** What matching a mailbox against a registration needs to know of it. */
public interface MailboxFacts {
    MailboxName name();

    /** The hierarchy delimiter, 0 when the name space is flat. */
    char delimiter();

    /** Exists and has neither \Noselect nor \NonExistent. */
    boolean selectable();

    boolean subscribed();

    /** Lies in one of the user's personal namespaces (RFC 2342). */
    boolean personal();
}
