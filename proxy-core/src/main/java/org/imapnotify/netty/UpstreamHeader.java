package org.imapnotify.netty;

/** The PROXY protocol header that connections to the upstream begin with. */
public enum UpstreamHeader {
    OFF,
    /** One line of text. */
    V1,
    /** Binary. */
    V2
}
