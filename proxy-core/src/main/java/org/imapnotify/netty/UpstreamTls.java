package org.imapnotify.netty;

/** How the proxy speaks TLS to the upstream. Certificate and host name are always verified. */
public enum UpstreamTls {
    PLAIN,
    /** Plain text until STARTTLS succeeded; a server that does not offer it is not used. */
    STARTTLS,
    IMPLICIT
}
