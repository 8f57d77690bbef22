package org.imapnotify.upstream;

import org.imapnotify.wire.Response;

/** One command of ours in flight, seen by who asked: the untagged responses it is waiting for, then its completion. */
public interface Exchange {
    /** Offers an untagged response, oldest command first; true when it belongs to this command. */
    default boolean onUntagged(Response response) {
        return false;
    }

    /** The tagged response; OK, NO or BAD alike. Not called when the connection fails first. */
    void onCompleted(Response tagged);
}
