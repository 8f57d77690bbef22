package org.imapnotify.upstream;

import java.time.Duration;

/**
 * How connections of our own are opened. Implicit TLS is the channel's business; STARTTLS is the conversation's.
 *
 * @param startTls TLS is demanded by STARTTLS: without it no credentials are sent
 * @param greeting how long the greeting may take; a full server may accept and stay silent
 * @param answer how long the upstream may be silent while it owes an answer
 * @param compress COMPRESS=DEFLATE (RFC 4978) is asked of an upstream that offers it
 * @param profile what is done otherwise than the upstream's capabilities say
 */
public record ConnectionSettings(
        boolean startTls, Duration greeting, Duration answer, boolean compress, UpstreamProfile profile) {
    public static final Duration DEFAULT_GREETING = Duration.ofSeconds(30);
    public static final Duration DEFAULT_ANSWER = Duration.ofSeconds(30);

    /** With nothing known of the upstream. */
    public ConnectionSettings(boolean startTls, Duration greeting, Duration answer, boolean compress) {
        this(startTls, greeting, answer, compress, UpstreamProfile.fresh());
    }

    /** The same, without compression. */
    public ConnectionSettings(boolean startTls, Duration greeting, Duration answer) {
        this(startTls, greeting, answer, false);
    }

    public ConnectionSettings {
        if (greeting.isNegative() || greeting.isZero() || answer.isNegative() || answer.isZero()) {
            throw new IllegalArgumentException(
                    "the greeting and answer times must be positive: " + greeting + ", " + answer);
        }
    }
}
