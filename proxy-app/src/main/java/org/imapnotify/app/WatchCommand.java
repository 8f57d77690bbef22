package org.imapnotify.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.imapnotify.app.client.Follower;
import org.imapnotify.app.client.ImapFailure;
import org.imapnotify.app.client.Inspection.Login;
import org.imapnotify.app.client.MailboxNews;
import org.imapnotify.app.demo.Transcript;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.wire.MailboxName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: what happens in a user's mailboxes, a line each, until it is interrupted. */
@Command(
        name = "watch",
        description =
                "Follow what happens in a user's mailboxes, by NOTIFY or, where there is none, by IDLE in one of them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:with --once: the connection was lost, or there is none",
            "2:wrong usage",
            "3:the server refuses the login"
        })
final class WatchCommand implements Callable<Integer> {
    private static final long FIRST_WAIT = 1_000;
    private static final long LONGEST_WAIT = 60_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = "The server, or the proxy: imap://HOST[:PORT][?tls=starttls] or imaps://HOST[:PORT].")
    private String server = "";

    @Mixin
    private ServerFlags flags = new ServerFlags();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "Default: auto, on terminals only, and not with NO_COLOR in the environment.")
    private Colour color = Colour.AUTO;

    @Option(names = "--once", description = "End with the connection, instead of connecting again.")
    private boolean once;

    @Parameters(paramLabel = "MAILBOX", description = "Which mailboxes; all of the user's own when none is named.")
    private List<String> mailboxes = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return follow();
        } catch (ImapFailure refused) {
            if (refused.isLoginRefused()) {
                spec.commandLine().getErr().println("imap-notify-proxy: " + refused.getMessage());
                return CheckCommand.LOGIN_REFUSED;
            }
            throw refused;
        }
    }

    private Integer follow() throws IOException, InterruptedException {
        Login login = flags.login()
                .orElseThrow(() -> new InvalidOptionException("user", "", "who logs in, and --password-file"));
        List<MailboxName> names = mailboxes.stream()
                .map(name -> MailboxName.ofUtf8(
                        new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                .toList();
        Follower follower = new Follower(flags.address(server), login, names, this::print);
        long wait = FIRST_WAIT;
        while (true) {
            long begin = System.nanoTime();
            try {
                follower.run();
            } catch (IOException lost) {
                if (once || (lost instanceof ImapFailure failure && failure.isLoginRefused())) {
                    throw lost;
                }
                print(new MailboxNews("lost", "", Map.of(), lost.getMessage() + "; connecting again"));
            }
            wait = System.nanoTime() - begin > LONGEST_WAIT * 1_000_000 ? FIRST_WAIT : Math.min(2 * wait, LONGEST_WAIT);
            Thread.sleep(wait);
        }
    }

    private void print(MailboxNews news) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? NewsLine.json(news, Instant.now()) : NewsLine.text(news, Instant.now(), isColoured()));
        out.flush();
    }

    private boolean isColoured() {
        return color == Colour.ALWAYS || (color == Colour.AUTO && Transcript.terminal());
    }

    /** When to colour. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }
}
