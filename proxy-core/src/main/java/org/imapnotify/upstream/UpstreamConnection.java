package org.imapnotify.upstream;

import java.util.function.Supplier;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Response;

/** One connection of our own to the upstream. */
public final class UpstreamConnection {
    public UpstreamConnection(
            ConnectionSettings settings, Supplier<Credentials> credentials, UpstreamListener listener) {}

    /** The channel is connected; implicit TLS is done. */
    public void onConnected(UpstreamOutput output) {}

    /** A whole response. The protocol errors of the assembler that makes them are given to {@link #onClosed}. */
    public void onResponse(Response response) {}

    /** TLS is in place after {@link UpstreamOutput#startTls()}. */
    public void onSecured() {}

    /** The time of {@link UpstreamOutput#deadline} is over. */
    public void onDeadline() {}

    /** The channel is closed, could not be opened, could not be secured or is to be closed by a protocol error. */
    public void onClosed(String why) {}

    public Capabilities capabilities() {
        throw new UnsupportedOperationException();
    }

    /** Closes the connection; nothing is called any more. */
    public void close() {}
}
