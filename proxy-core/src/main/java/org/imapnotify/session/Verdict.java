package org.imapnotify.session;

/** What becomes of a fragment that the session has looked at. */
public enum Verdict {
    /** It goes on to the other side, octet for octet. */
    FORWARD,
    /** It is consumed here; the session has kept what it needs of it. */
    TAKE,
    /** Not now: it stays where it is, nothing behind it is read, and it is offered again after {@link SessionOutput#resumeClient}. */
    HOLD
}
