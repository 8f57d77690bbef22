package org.imapnotify.app;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command about one user. */
@Command
abstract class UserCommand extends OperatorCommand {
    @Parameters(paramLabel = "USER", description = "The user, as named at login.")
    private String user = "";

    @Override
    Map<String, String> form() {
        return Map.of("user", user);
    }

    String user() {
        return user;
    }

    /** What was done, in words. */
    abstract String told(int sessions, Map<?, ?> answer);

    /** Whether it means something though nobody is connected. */
    boolean forLater() {
        return true;
    }

    @Override
    final int print(PrintWriter out, Map<?, ?> answer) {
        int sessions = sessions(answer);
        out.println(told(sessions, answer));
        return sessions == 0 && !forLater() ? NOBODY : done();
    }
}
