package org.imapnotify.upstream;

import java.time.Duration;

/** What a connection of our own does to the world: its channel and its one timer. */
public interface UpstreamOutput {
    /** Writes and flushes. The octets may hold a password: they are not to be logged or kept. */
    void send(byte[] octets);

    /**
     * Starts TLS on the connection and then calls {@link UpstreamConnection#onSecured()}. When octets beyond the response
     * that is being handled have been received already, even a part of a line, they came before TLS and somebody
     * injected them: then nothing is started, {@link UpstreamConnection#onClosed(String)} is called and the channel closed.
     */
    void startTls();

    /** The ID command (RFC 2971) that tells who this connection is for, before the login; empty for none. */
    default String introduction() {
        return "";
    }

    /**
     * Compresses what is sent and inflates what is received from here on (RFC 4978): what lies behind the response that is being
     * handled is compressed already. A connection that is {@linkplain UpstreamConnection#onLent lent} is never told.
     */
    default void compress() {
        throw new IllegalStateException("this connection is not compressed");
    }

    /** Calls {@link UpstreamConnection#onDeadline()} after this time; replaces the one before; {@link Duration#ZERO} cancels. */
    void deadline(Duration after);

    /** Closes the channel when what was sent has gone out. No event comes from it any more, none is expected. */
    void close();
}
