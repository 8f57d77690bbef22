package org.imapnotify.session;

import java.util.List;
import java.util.Locale;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.ProtocolException;

/** Which commands enable CONDSTORE without ENABLE (RFC 7162 section 3.1); FETCH and STORE do too, but are not looked into. */
final class CondstoreEnabling {
    private CondstoreEnabling() {}

    /** A command that the upstream, which has CONDSTORE, has completed with OK. */
    static boolean by(Command command) {
        return switch (command.name()) {
            case SELECT, EXAMINE -> selectsWithModSeq(behindMailbox(command));
            case STATUS -> behindMailbox(command).contains("HIGHESTMODSEQ");
            default -> false;
        };
    }

    private static boolean selectsWithModSeq(String parameters) {
        return parameters.contains("CONDSTORE") || parameters.contains("QRESYNC");
    }

    /** MODSEQ among the attributes of NOTIFY. */
    static boolean by(List<EventGroup> groups) {
        return groups.stream().flatMap(group -> group.fetchAtts().stream()).anyMatch(FetchAtt::enablesCondstore);
    }

    private static String behindMailbox(Command command) {
        Capture capture = command.capture();
        if (capture == null) {
            return "";
        }
        try {
            ImapReader reader = capture.afterName();
            reader.space();
            reader.skipValue();
            return reader.rest().toUpperCase(Locale.ROOT);
        } catch (ProtocolException unreadable) {
            return "";
        }
    }
}
