package org.imapnotify.session;

import java.util.Locale;
import java.util.Optional;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnAdditions.Addition;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/**
 * What the client's own completed commands have done to mailboxes that are not selected, as far as they and their answers say
 * it exactly (RFC 5465 section 5: the client that made a change need not be told). What they leave open is told like anything else.
 */
final class OwnChanges {
    private String uids = "";

    /** The arguments of APPENDUID or COPYUID (RFC 4315): {@code UIDVALIDITY [source-set] target-set}. */
    void onUids(String arguments) {
        uids = arguments;
    }

    /** A command of the client has succeeded. */
    void completed(Command command, Optional<MailboxName> selected, boolean utf8, Deliveries deliveries) {
        String answered = uids;
        uids = "";
        try {
            switch (command.name()) {
                case APPEND -> added(command, 0, answered, selected, utf8, deliveries);
                case COPY, UID_COPY, MOVE, UID_MOVE -> added(command, 1, answered, selected, utf8, deliveries);
                case SETMETADATA -> annotated(command, utf8, deliveries.metadata());
                case CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE -> named(command, utf8, deliveries.names());
                default -> {}
            }
        } catch (ProtocolException unreadable) {
            // the upstream understood it all the same; then the client is told
        }
    }

    private static void annotated(Command command, boolean utf8, MetadataNews metadata) {
        ImapReader arguments = ChangedMailboxes.argumentsBehind(command, 0).orElseThrow(OwnChanges::unreadable);
        MailboxName mailbox = arguments.mailbox(utf8);
        arguments.space();
        metadata.setByClient(mailbox, MetadataEntry.list(arguments));
    }

    private static void added(
            Command command,
            int behind,
            String answered,
            Optional<MailboxName> selected,
            boolean utf8,
            Deliveries deliveries) {
        Optional<ImapReader> arguments = ChangedMailboxes.argumentsBehind(command, behind);
        if (arguments.isEmpty()) {
            return;
        }
        MailboxName target = arguments.get().mailbox(utf8);
        long messages = answered.isEmpty() ? counted(command) : SequenceSet.size(set(answered));
        if (messages > 0 && selected.filter(target::equals).isEmpty()) {
            long uidNext = answered.isEmpty() ? -1 : SequenceSet.max(set(answered)) + 1;
            long unseen = behind > 0 || messages > 1 ? -1 : isSeen(arguments.get()) ? 0 : 1;
            deliveries.added(target, new Addition(messages, uidNext, unseen, 1));
        }
    }

    private static String set(String answered) {
        return answered.substring(answered.lastIndexOf(' ') + 1);
    }

    /** Without UIDPLUS: one message of APPEND (more of MULTIAPPEND are told then), or those of a set without {@code *}; else -1. */
    private static long counted(Command command) {
        return switch (command.name()) {
            case APPEND -> 1;
            case COPY, MOVE -> {
                String set = ChangedMailboxes.argumentsBehind(command, 0)
                        .map(ImapReader::value)
                        .orElse("*");
                yield set.matches("[0-9:,]+") ? SequenceSet.size(set) : -1;
            }
            default -> -1;
        };
    }

    /** {@code [SP flag-list] [SP date-time] SP literal}. */
    private static boolean isSeen(ImapReader behindMailbox) {
        behindMailbox.space();
        return behindMailbox.peek() == '('
                && behindMailbox.value().toUpperCase(Locale.ROOT).matches(".*\\\\SEEN[ )].*");
    }

    private static void named(Command command, boolean utf8, NameNews names) {
        ImapReader arguments = ChangedMailboxes.argumentsBehind(command, 0).orElseThrow(OwnChanges::unreadable);
        MailboxName name = withoutDelimiter(arguments.mailbox(utf8), names);
        NameBeliefs beliefs = names.beliefs();
        switch (command.name()) {
            case CREATE -> beliefs.created(name);
            case DELETE -> beliefs.deleted(name);
            case SUBSCRIBE -> beliefs.subscribed(name, true);
            case UNSUBSCRIBE -> beliefs.subscribed(name, false);
            default -> {
                arguments.space();
                beliefs.renamed(name, withoutDelimiter(arguments.mailbox(utf8), names), names.rows());
            }
        }
    }

    /** {@code CREATE a/} says that names will be created below it; the mailbox is {@code a} (RFC 3501 section 6.3.3). */
    private static MailboxName withoutDelimiter(MailboxName name, NameNews names) {
        String octets = name.octets();
        boolean ends = !octets.isEmpty()
                && names.rows().stream()
                        .limit(1)
                        .anyMatch(row -> row.delimiter() == octets.charAt(octets.length() - 1));
        return ends ? MailboxName.of(octets.substring(0, octets.length() - 1)) : name;
    }

    private static ProtocolException unreadable() {
        return new ProtocolException("arguments that were not kept");
    }
}
