package org.imapnotify.session;

import org.imapnotify.wire.Fragmenter;

/** How long lines and literals may get; everything is enforced where the stream is cut. */
final class Limits {
    private static final int HELD = 8 * 1024;

    /** Before login: a line as long as the largest SASL tokens seen (Kerberos tickets of 48 KiB), literals for names and passwords. */
    static final Fragmenter.Limits CLIENT_BEFORE_LOGIN = new Fragmenter.Limits(HELD, 64 * 1024, 64 * 1024);

    /** Logged in: the upstream's own limit decides (Dovecot: 64 KiB a line), this one keeps a lost client from going on for ever. */
    static final Fragmenter.Limits CLIENT = new Fragmenter.Limits(HELD, 8L * 1024 * 1024, Long.MAX_VALUE);

    /** The upstream: SEARCH results of large mailboxes are megabytes on one line. */
    static final Fragmenter.Limits UPSTREAM = new Fragmenter.Limits(64 * 1024, Long.MAX_VALUE, Long.MAX_VALUE);

    private Limits() {}
}
