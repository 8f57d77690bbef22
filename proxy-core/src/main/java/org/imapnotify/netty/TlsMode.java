package org.imapnotify.netty;

/** How a listener speaks TLS to its clients. */
public enum TlsMode {
    /** Never: STARTTLS is not offered. */
    NONE,
    /** Plain text first; STARTTLS is offered and needed before LOGIN unless the listener says otherwise. */
    STARTTLS,
    /** From the first octet, as on port 993 (RFC 8314). */
    IMPLICIT
}
