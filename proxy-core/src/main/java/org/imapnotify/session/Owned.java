package org.imapnotify.session;

import org.imapnotify.wire.CommandName;

/**
 * A client's command that the proxy answers itself.
 *
 * @param tag its tag
 * @param name its name
 * @param capture its octets, as far as they are kept
 * @param octetsBehind how many octets of the client had arrived behind its first line
 */
record Owned(Tag tag, CommandName name, Capture capture, int octetsBehind) {
    /** Octets of a NOTIFY command: RFC 5465 section 9 asks for bounds; Evolution's line is 200, 1,000 named mailboxes are 64 KiB. */
    static final int NOTIFY_LIMIT = 256 * 1024;

    private static final int MAILBOX_LIMIT = 8 * 1024;
    private static final int SEQUENCE_LIMIT = 64 * 1024;

    /** How many octets of such a command are kept; more than that of NOTIFY is no NOTIFY. */
    static int ownLimit(CommandName name, boolean authenticated) {
        return name == CommandName.NOTIFY && authenticated ? NOTIFY_LIMIT : MAILBOX_LIMIT;
    }

    /** Only NOTIFY has arguments that are worth asking for; all else is refused at its first line. */
    boolean refusesLiterals() {
        return name != CommandName.NOTIFY || capture.overflowed();
    }

    /** How many octets of a forwarded command are kept until it completes, 0 for those whose arguments do not matter here. */
    static int captureLimit(CommandName name) {
        return switch (name) {
            case LOGIN, AUTHENTICATE, SELECT, EXAMINE, APPEND, REPLACE, UID_REPLACE, CREATE, DELETE, RENAME ->
                MAILBOX_LIMIT;
            case SUBSCRIBE, UNSUBSCRIBE, STATUS, SETACL, DELETEACL -> MAILBOX_LIMIT;
            case COPY, MOVE, UID_COPY, UID_MOVE, SETMETADATA -> SEQUENCE_LIMIT;
            default -> 0;
        };
    }
}
