package org.imapnotify.session;

/**
 * The proxy's own command on the session's upstream connection; there is never more than one, and none while a command of the
 * client is in flight.
 *
 * <pre>
 * {@link None} -- IDLE --> {@link IdleAsked} -- + --> {@link Idling} -- DONE --> {@link Leaving} -- tagged --> {@link None}
 *                          {@link IdleAsked} -- wanted back --> {@link IdleUnwanted} -- + , DONE --> {@link Leaving}
 * {@link None} -- anything else --> {@link Running} -- tagged --> {@link None}
 * </pre>
 *
 * DONE is never sent before the continuation: Cyrus would not see it until another line came.
 */
sealed interface OwnCommand {

    /** The client may speak at once. */
    record None() implements OwnCommand {}

    /** IDLE is sent, the upstream owes its continuation. */
    record IdleAsked() implements OwnCommand {}

    /** As {@link IdleAsked}, but the connection is wanted back as soon as it can be had. */
    record IdleUnwanted() implements OwnCommand {}

    /** The upstream reports changes as they happen. */
    record Idling() implements OwnCommand {}

    /** DONE is sent, the upstream owes the completion of IDLE. */
    record Leaving() implements OwnCommand {}

    /** A command with an end of its own is sent. */
    record Running(Purpose purpose) implements OwnCommand {}

    /** What a {@link Running} command is for. */
    enum Purpose {
        /** STARTTLS with the upstream, before the client is greeted. */
        STARTTLS,
        /** CAPABILITY, because what is known is from before TLS or login. */
        CAPABILITY,
        /** ID, before the client is heard: who the client is. */
        INTRODUCTION,
        /** COMPRESS with the upstream, when the client has logged in. */
        COMPRESS,
        /** The NOOP that NOTIFY SET implies (RFC 5465 section 3.1). */
        SET_NOOP,
        /** NOOP in place of IDLE. */
        POLL_NOOP,
        /** A SEARCH that finds nothing, for what it lets the upstream say besides: all but EXPUNGE. */
        GENTLE_LOOK,
        /** FETCH of new messages with the attributes of the registration (RFC 5465 section 5.2). */
        FETCH_NEW,
        /** FETCH of the UIDs of new messages, to know which of them an update of a search is about. */
        LEARN_UIDS,
        /** FETCH of UID and FLAGS of messages whose flags changed (RFC 5465 section 5.1). */
        FETCH_FLAGS,
        /** LIST, LSUB and STATUS for other mailboxes, where no connection of their own can be had. */
        INLINE
    }
}
