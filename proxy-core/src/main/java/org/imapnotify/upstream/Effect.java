package org.imapnotify.upstream;

/** Something that is done otherwise with a server than what it advertises calls for. */
public enum Effect {
    /** It loses commands that come together. */
    ONE_BY_ONE("commands go one at a time, each behind the answer to the one before"),

    /** IDLE is advertised, or accepted, and tells nothing. */
    IDLE_SILENT(
            "IDLE is not used: the selected mailbox is asked for with NOOP, the others by STATUS, at the poll interval"),

    /** IDLE tells of some changes only, or tells late. */
    IDLE_NOT_ALL(
            "a mailbox in IDLE is asked for at the poll interval as well, and a session's own IDLE is renewed that often"),

    /** What happens in IDLE is told when it ends, not before. */
    IDLE_AT_END(
            "IDLE is not used to watch, mailboxes are asked for by STATUS; a session's own IDLE is renewed at the poll interval"),

    /** NOTIFY (RFC 5465) of its own loses events. */
    NOTIFY_LOSES("its own NOTIFY is not handed to clients by --notify auto, only used to watch"),

    /** UIDNEXT and UIDVALIDITY rise with every look. */
    UIDS_RISE("a higher UIDNEXT or UIDVALIDITY without any other change is no event"),

    /** UIDVALIDITY of a mailbox that was never opened is the time of the look. */
    EMPTY_VALIDITY("another UIDVALIDITY of a mailbox that has never had a message is no event"),

    /** What was said in IDLE is said again when it ends. */
    EXPUNGE_REPEATED("an EXPUNGE that comes again behind DONE is not handed on"),

    /** NAMESPACE is advertised and its answer is of no use. */
    NAMESPACE_BROKEN("NAMESPACE is not asked: all mailboxes count as personal"),

    /** The same LIST again and again ends the connection. */
    LIST_LIMITED("a NOOP goes with each LIST, so that it does not count as repeated");

    private final String says;

    Effect(String says) {
        this.says = says;
    }

    /** For operators: what is done otherwise. */
    public String says() {
        return says;
    }
}
