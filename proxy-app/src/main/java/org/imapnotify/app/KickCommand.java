package org.imapnotify.app;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code kick}: ends one user's sessions. */
@Command(name = "kick", description = "Disconnect the sessions of a user; mail clients usually come back at once.")
final class KickCommand extends UserCommand {
    @Override
    String told(int sessions, Map<?, ?> answer) {
        return counted(sessions) + " of " + user() + " disconnected";
    }

    @Override
    boolean forLater() {
        return false;
    }
}
