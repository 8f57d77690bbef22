package org.imapnotify.watch;

/**
 * The forms of GETMETADATA, from the most to the least that is asked of the upstream. RFC 5464 has the options in front of the
 * mailbox in its grammar and behind it in its examples: Cyrus takes both, Dovecot only the former.
 */
enum MetadataForm {
    GRAMMAR("GETMETADATA " + MetadataForm.OPTIONS + " ", " "),
    EXAMPLES("GETMETADATA ", " " + MetadataForm.OPTIONS + " "),
    /** Without options there is no depth: only entries that the RFC names are found. */
    PLAIN("GETMETADATA ", " ");

    /** Longer values are left out, so that no answer gets too long to be read; that one is left out now is a change, too. */
    private static final String OPTIONS = "(DEPTH infinity MAXSIZE 8192)";

    /** Dovecot finds nothing of the server below the roots alone. */
    private static final String ENTRIES =
            "(/private /shared /private/comment /shared/comment /shared/admin /private/vendor /shared/vendor)";

    private final String before;
    private final String behind;

    MetadataForm(String before, String behind) {
        this.before = before;
        this.behind = behind;
    }

    String before() {
        return before;
    }

    String behind(boolean ofServer) {
        return behind + (ofServer || this == PLAIN ? ENTRIES : "(/private /shared)");
    }

    boolean isLast() {
        return this == PLAIN;
    }

    MetadataForm next() {
        return this == GRAMMAR ? EXAMPLES : PLAIN;
    }
}
