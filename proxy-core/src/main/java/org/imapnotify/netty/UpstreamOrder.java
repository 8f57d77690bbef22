package org.imapnotify.netty;

import java.util.Locale;

/** Which of several addresses of the upstream a connection tries first. */
public enum UpstreamOrder {
    /** The first one that works, in the order of the configuration: the others are there in case. */
    FIRST,
    /** Each in turn. */
    ROUND_ROBIN;

    /** As the configuration has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
