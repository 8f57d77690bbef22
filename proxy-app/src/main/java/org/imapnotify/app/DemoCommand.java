package org.imapnotify.app;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.imapnotify.app.demo.Demo;
import org.imapnotify.app.demo.DemoFailure;
import org.imapnotify.app.demo.Transcript;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code demo}: a legacy server, the proxy and one client in this process, for everyone who wants to see NOTIFY work. */
@Command(
        name = "demo",
        description = "Show NOTIFY at work: an embedded IMAP server, the proxy, one client, a live transcript.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        // The transcript is the show; the log only speaks when something is wrong.
        Logging.level(Level.WARN);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            Demo.run(new Transcript(out, Transcript.terminal()));
            return ExitCode.OK;
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    "GreenMail is not on the class path; start the demo with ./imap-notify-proxy demo", e);
        } catch (DemoFailure e) {
            out.println();
            throw new IOException("the demo failed: " + e.getMessage(), e);
        }
    }
}
