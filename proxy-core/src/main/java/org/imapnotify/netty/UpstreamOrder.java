package org.imapnotify.netty;

/** Which of several addresses of the upstream a connection tries first. */
public enum UpstreamOrder {
    /** The first one that works, in the order of the configuration: the others are there in case. */
    FIRST,
    /** Each in turn. */
    ROUND_ROBIN
}
