package org.imapnotify.session;

/**
 * What the client's next line is.
 *
 * <pre>
 * {@link Commands} -- LOGIN, AUTHENTICATE, IDLE --> {@link Busy} -- tagged --> {@link Commands}
 * {@link Busy} -- + of AUTHENTICATE --> {@link SaslData} -- line --> {@link Busy}
 * {@link Busy} -- + of IDLE --> {@link UpstreamIdle} -- DONE, or tagged --> {@link Commands}
 * {@link Commands} -- IDLE that the proxy answers --> {@link OwnIdle} -- DONE --> {@link Commands}
 * {@link Commands} -- + that no literal asked for --> {@link Continuing} -- tagged --> {@link Commands}
 * {@link Commands} -- STARTTLS --> {@link Securing} -- handshake done --> {@link Commands}
 * </pre>
 */
sealed interface ClientMode {

    /** True when the client's lines are no commands and announce no literals. */
    default boolean rawLines() {
        return false;
    }

    /** A command. */
    record Commands() implements ClientMode {}

    /** Nothing before the upstream has answered: its answer decides what the next line is. */
    record Busy() implements ClientMode {}

    /** One line of a SASL exchange (RFC 3501 section 6.2.2). */
    record SaslData() implements ClientMode {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** DONE; the upstream serves this IDLE (RFC 2177). */
    record UpstreamIdle() implements ClientMode {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** DONE; the proxy serves this IDLE. */
    record OwnIdle(Tag tag) implements ClientMode {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** Lines of a command that the proxy does not know, up to that command's completion. */
    record Continuing(CommandsInFlight.Command command) implements ClientMode {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** A TLS handshake. */
    record Securing() implements ClientMode {}
}
