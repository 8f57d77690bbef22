package org.imapnotify.app;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code resume}: ends what pause began. */
@Command(name = "resume", description = "Watch a user's account again.")
final class ResumeCommand extends UserCommand {
    @Override
    String told(int sessions, Map<?, ?> answer) {
        return "watching of " + user() + " resumed, for " + counted(sessions) + " now";
    }
}
