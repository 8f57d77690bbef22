package org.imapnotify.app;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code drain}: what SIGTERM does, from elsewhere. */
@Command(name = "drain", description = "Let the proxy send its clients away and end, as SIGTERM does.")
final class DrainCommand extends OperatorCommand {
    @Override
    int print(PrintWriter out, Map<?, ?> answer) {
        out.println("draining " + counted(sessions(answer)));
        return done();
    }
}
