package org.imapnotify.upstream;

import java.time.Duration;
import org.imapnotify.wire.Response;

/** The owner of an {@link UpstreamConnection}, told how it fares. */
public interface UpstreamListener {
    /** The connection is logged in and takes commands. */
    void onReady();

    /** An untagged response that no command in flight asked for. */
    default void onUnsolicited(Response response) {}

    /** The upstream asks for fewer commands: it is to be left alone for a while. The connection goes on. */
    default void onThrottled(Duration rest) {}

    /** The connection is over and closed; nothing follows. Not called when the owner closed it. */
    void onFailed(Failure failure);
}
