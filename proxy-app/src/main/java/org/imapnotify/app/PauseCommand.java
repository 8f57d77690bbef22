package org.imapnotify.app;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code pause}: takes the proxy's own connections off an account. */
@Command(
        name = "pause",
        description =
                "Close the watch connections of a user's account and open none until resume; nothing is lost, news wait.")
final class PauseCommand extends UserCommand {
    @Override
    String told(int sessions, Map<?, ?> answer) {
        return "watching of " + user() + " paused, for " + counted(sessions) + " now";
    }
}
