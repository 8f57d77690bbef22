package org.imapnotify.upstream;

import java.time.Duration;
import org.imapnotify.wire.Response;

/**
 * Why a connection of our own ended.
 *
 * @param why for humans; holds no credentials
 * @param retryAfter how long the upstream is to be left alone at least
 */
public record Failure(Kind kind, String why, Duration retryAfter) {
    /** What may be done about it. */
    public enum Kind {
        /** The login was refused: never to be tried again with the same secret. */
        REFUSED,
        /** The upstream has too many connections or too much work: fewer connections, later. */
        LIMIT,
        /** Anything else: may work at the next attempt. */
        UNREACHABLE
    }

    public static Failure unreachable(String why) {
        return new Failure(Kind.UNREACHABLE, why, Duration.ZERO);
    }

    /** A refused login, unless the words say that it was not the login that was refused. */
    static Failure ofLogin(Response response) {
        Failure failure = of(response);
        return failure.kind() == Kind.LIMIT ? failure : refused(response.text());
    }

    static Failure refused(String why) {
        return new Failure(Kind.REFUSED, why, Duration.ZERO);
    }

    /** An upstream that says goodbye, or NO or BAD to something that must work. */
    public static Failure of(Response response) {
        return Throttle.of(response)
                .map(throttle -> new Failure(Kind.LIMIT, response.text(), throttle.rest()))
                .orElseGet(() -> unreachable(response.text()));
    }
}
