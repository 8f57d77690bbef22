package org.imapnotify.session;

import org.imapnotify.session.CommandsInFlight.Command;

/**
 * What the client's next line is.
 *
 * <pre>
 * {@link Commands} -- LOGIN, AUTHENTICATE, IDLE --> {@link Busy} -- tagged --> {@link Commands}
 * {@link Busy} -- + of AUTHENTICATE --> {@link SaslData} -- line --> {@link Busy}
 * {@link Busy} -- + of IDLE --> {@link UpstreamIdle} -- DONE, or tagged --> {@link Commands}
 * {@link Commands} -- IDLE that the proxy answers --> {@link OwnIdle} -- DONE --> {@link Commands}
 * {@link Commands} -- + that no literal asked for --> {@link Continuing} -- tagged --> {@link Commands}
 * {@link Commands} -- unknown command --> {@link Unanswered} -- tagged, or patience ends --> {@link Commands}
 * {@link Unanswered} -- + --> {@link MoreWanted} -- line --> {@link MoreSaid} -- tagged --> {@link Commands}
 * {@link MoreSaid} -- + --> {@link MoreWanted}
 * {@link MoreSaid} -- patience ends --> {@link Continuing}
 * {@link Commands} -- STARTTLS --> {@link Securing} -- handshake done --> {@link Commands}
 * </pre>
 */
sealed interface ClientMode {

    /** True when the client's lines are no commands and announce no literals. */
    default boolean rawLines() {
        return false;
    }

    /** True when nothing may be sent. */
    default boolean holds() {
        return false;
    }

    /** The upstream asks for more, and not for a literal. */
    default ClientMode onContinuation() {
        return this;
    }

    /** A command. */
    record Commands() implements ClientMode {}

    /** Another than commands, up to the completion of one. */
    sealed interface Within extends ClientMode {
        Command command();
    }

    /** Nothing before the upstream has answered: its answer decides what the next line is. */
    record Busy(Command command) implements Within {
        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public ClientMode onContinuation() {
            return switch (command.name()) {
                case AUTHENTICATE -> new SaslData(command);
                case IDLE -> new UpstreamIdle(command);
                default -> this;
            };
        }
    }

    /** One line of a SASL exchange (RFC 3501 section 6.2.2). */
    record SaslData(Command command) implements Within {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** DONE; the upstream serves this IDLE (RFC 2177). */
    record UpstreamIdle(Command command) implements Within {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** Nothing before it is known whether a command that the proxy does not know asks for lines of its own. */
    record Unanswered(Command command) implements Within {
        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public ClientMode onContinuation() {
            return new MoreWanted(command);
        }
    }

    /** A line of that command. */
    record MoreWanted(Command command) implements Within {
        @Override
        public boolean rawLines() {
            return true;
        }
    }

    /** Nothing for a moment: that was the line which was asked for, and what follows is most likely a command. */
    record MoreSaid(Command command) implements Within {
        @Override
        public boolean rawLines() {
            return true;
        }

        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public ClientMode onContinuation() {
            return new MoreWanted(command);
        }
    }

    /** Lines of that command, however many: it is not answered, so it must be waiting for them. */
    record Continuing(Command command) implements Within {
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

    /** A TLS handshake. */
    record Securing() implements ClientMode {
        @Override
        public boolean holds() {
            return true;
        }
    }
}
