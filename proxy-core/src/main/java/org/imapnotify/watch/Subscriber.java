package org.imapnotify.watch;

import java.util.List;
import org.imapnotify.wire.MailboxName;

/**
 * A session, seen from the watcher of its account. Called on the watcher's loop, in order; must not call the watcher
 * before it has returned.
 */
public interface Subscriber {
    /** Why the account is {@link #lost} until somebody logs in with another secret. */
    String LOGIN_REFUSED = "the login of the watch connection is refused";

    /**
     * The registration is in force. The rows are fresh: asked for after the call of {@link AccountWatcher#register} or at
     * most one second before it. They are all that the registration matches now, those without a status included.
     */
    void armed(List<MailboxRow> rows);

    /**
     * A row that the registration matches, or matched until now, differs from what was reported before. Every difference
     * of the table is told, whatever the events of the registration: the session compares with what its client knows.
     */
    void changed(MailboxRow row, MailboxChange change);

    /** A mailbox was looked at because of a {@linkplain AccountWatcher#hint hint}, and is as it was reported before. */
    void unchanged(MailboxName mailbox);

    /** Annotations that the registration is about have changed. */
    void metadataChanged(MetadataChange change);

    /**
     * The proxy may open no more watch connections now: {@link #armed} comes, again if need be, when it is this account's turn.
     * Who knows another way may go it until then.
     */
    default void crowded() {}

    /** The account cannot be watched; the registration is gone. */
    void lost(String why);
}
