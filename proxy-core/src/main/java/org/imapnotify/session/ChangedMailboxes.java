package org.imapnotify.session;

import java.util.List;
import java.util.Optional;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/** Which mailboxes a completed command may have changed: the account's watcher looks at them at once, for the other sessions. */
final class ChangedMailboxes {
    private ChangedMailboxes() {}

    static List<MailboxName> by(Command command, Optional<MailboxName> selected, boolean utf8) {
        return switch (command.name()) {
            case STORE, UID_STORE, EXPUNGE, UID_EXPUNGE -> selected.stream().toList();
            case APPEND -> argument(command, 0, utf8).stream().toList();
            case COPY, UID_COPY -> argument(command, 1, utf8).stream().toList();
            case MOVE, UID_MOVE, REPLACE, UID_REPLACE -> both(argument(command, 1, utf8), selected);
            case CREATE, DELETE, SUBSCRIBE, UNSUBSCRIBE ->
                argument(command, 0, utf8).stream().toList();
            case RENAME -> both(argument(command, 0, utf8), argument(command, 1, utf8));
            default -> List.of();
        };
    }

    /** True for commands after which LIST or LSUB may say something else, for whoever may see the mailbox (RFC 3501, RFC 4314). */
    static boolean namesBy(CommandName name) {
        return switch (name) {
            case CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE, SETACL, DELETEACL -> true;
            default -> false;
        };
    }

    /** Whose annotations the command has set. */
    static Optional<MailboxName> annotatedBy(Command command, boolean utf8) {
        return command.name() == CommandName.SETMETADATA ? argument(command, 0, utf8) : Optional.empty();
    }

    private static List<MailboxName> both(Optional<MailboxName> one, Optional<MailboxName> other) {
        return one.isEmpty()
                ? other.stream().toList()
                : other.isEmpty() ? List.of(one.get()) : List.of(one.get(), other.get());
    }

    /** The mailbox behind so many other arguments. */
    private static Optional<MailboxName> argument(Command command, int behind, boolean utf8) {
        try {
            return argumentsBehind(command, behind).map(reader -> reader.mailbox(utf8));
        } catch (ProtocolException unreadable) {
            return Optional.empty(); // the next round finds it
        }
    }

    /**
     * A reader in front of the argument behind so many others; empty when the command was not kept.
     *
     * @throws ProtocolException when there are not so many
     */
    static Optional<ImapReader> argumentsBehind(Command command, int behind) {
        Capture capture = command.capture();
        if (capture == null) {
            return Optional.empty();
        }
        ImapReader reader = capture.afterName();
        for (int i = isUid(command.name()) ? -1 : 0; i < behind; i++) {
            reader.space();
            reader.skipValue();
        }
        reader.space();
        return Optional.of(reader);
    }

    private static boolean isUid(CommandName name) {
        return name == CommandName.UID_COPY || name == CommandName.UID_MOVE || name == CommandName.UID_REPLACE;
    }
}
