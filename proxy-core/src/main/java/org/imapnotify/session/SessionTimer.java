package org.imapnotify.session;

/** The deadlines of a session; each runs at most once at a time. */
public enum SessionTimer {
    /** The upstream owes its greeting, the answer to STARTTLS or to CAPABILITY. */
    OPENING,
    /** The client owes its login: connections that never log in are not kept. */
    LOGIN,
    /** A login has waited as long as others that failed have made it. */
    PENALTY,
    /** A command that the proxy does not know keeps the client's next lines waiting. */
    UNCLEAR,
    /** The client has been quiet for a moment: the session's own connection may start to IDLE. */
    QUIET,
    /** The own IDLE gets old (RFC 2177: re-issue before 29 minutes). */
    OWN,
    /** It is time for a NOOP, where the upstream has no IDLE. */
    POLL,
    /** The watcher that has no connection of its own wants to look at mailboxes. */
    INLINE,
    /** The account may have a watch connection again: it is asked for anew. */
    RETURN,
    /** Mailboxes that were told of often just now may be told of again. */
    PACE,
    /** The account's table is owed: NOTIFY SET is answered without it rather than never. */
    ARMING,
    /** The upstream owes the completion of one of the proxy's own commands. */
    OWN_COMPLETION
}
