package org.imapnotify.upstream;

import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;

/**
 * Where the conversation of a connection of our own stands: {@link Handshake} until the login is done, then {@link Ready}
 * for commands and {@link Idle} in turns. An event that a state does not expect is the upstream's protocol error.
 */
sealed interface Phase permits Handshake, Ready, Idle {
    default Phase onUntagged(Response response, Talk talk) {
        throw new ProtocolException("untagged " + response.name() + " while " + name());
    }

    default Phase onTagged(Response response, Talk talk) {
        throw new ProtocolException("tagged response while " + name());
    }

    default Phase onContinuation(Talk talk) {
        throw new ProtocolException("continuation request while " + name());
    }

    default Phase onSecured(Talk talk) {
        throw new IllegalStateException("TLS started while " + name());
    }

    default Phase onDeadline(Talk talk) {
        throw new UpstreamFailed(Failure.unreachable("no answer while " + name()));
    }

    /** The state without its data, for messages. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** A tagged response to the one command in flight. */
    static void expect(String tag, Response response) {
        if (!response.tag().equals(tag)) {
            throw new ProtocolException("a response to a command that was not sent");
        }
    }
}
