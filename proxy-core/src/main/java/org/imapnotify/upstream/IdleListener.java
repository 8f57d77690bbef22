package org.imapnotify.upstream;

import org.imapnotify.wire.Response;

/** Who follows an IDLE (RFC 2177) on a connection of our own. */
public interface IdleListener {
    /** The upstream has accepted IDLE: from now on it should report. */
    void onIdling();

    /** An untagged response in IDLE, or between the request and its acceptance. */
    void onUntagged(Response response);

    /** IDLE is over, asked for by us or not; commands may be sent again. */
    void onEnded();

    /** The upstream answered NO or BAD; commands may be sent again. */
    void onRefused(String why);
}
