package org.imapnotify.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.NotifyOptions;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.ProxyServer;
import org.imapnotify.netty.Telemetry;
import org.imapnotify.netty.TlsMode;
import org.imapnotify.netty.UpstreamOptions;
import org.imapnotify.netty.UpstreamTls;
import org.imapnotify.netty.WatchMode;
import org.imapnotify.netty.WatchOptions;

/** The script: each step is taken when the answer to the one before has come, so it is as quick as the notifications are. */
public final class Demo {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final String NOTIFY = "NOTIFY SET STATUS"
            + " (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]) MessageExpunge FlagChange))"
            + " (mailboxes (Lists Work) (MessageNew MessageExpunge FlagChange))";

    private final Transcript transcript;
    private final Conversation client;
    private final Mailer mailer;
    private final long start = System.nanoTime();
    private int notifications;

    private Demo(Transcript transcript, Conversation client, Mailer mailer) {
        this.transcript = transcript;
        this.client = client;
        this.mailer = mailer;
    }

    /** Plays the demo; {@link DemoFailure} when a notification did not come. */
    public static void run(Transcript transcript) throws IOException {
        try (LegacyServer legacy = new LegacyServer()) {
            ProxyServer proxy = ProxyServer.start(options(legacy.address()), Telemetry.NONE);
            try (Mailer mailer = new Mailer(legacy.address());
                    Conversation client =
                            new Conversation("the client", proxy.imapAddresses().get(0))) {
                transcript.title("A legacy IMAP server (GreenMail) on port "
                        + legacy.address().getPort() + ", the proxy on port "
                        + proxy.imapAddresses().get(0).getPort());
                new Demo(transcript, client, mailer).play();
            } finally {
                stop(proxy);
            }
        }
    }

    private static ProxyOptions options(InetSocketAddress legacy) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new ProxyOptions(
                List.of(new ListenerOptions(anyPort, TlsMode.NONE, Optional.empty(), false)),
                new UpstreamOptions(
                        legacy.getAddress().getHostAddress(), legacy.getPort(), UpstreamTls.PLAIN, Optional.empty()),
                NotifyOptions.DEFAULT,
                new WatchOptions(WatchMode.AUTO, WatchOptions.DEFAULT_CONNECTIONS, POLL),
                0);
    }

    private static void stop(ProxyServer proxy) {
        try {
            proxy.stop(GRACE).get(2 * GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new DemoFailure("the proxy did not stop: " + e);
        }
    }

    private void play() throws IOException {
        prepare();
        logIn();
        register();
        newMail();
        changes();
        transcript.comment("That is all.");
        command("LOGOUT");
        summary();
    }

    private void prepare() throws IOException {
        mailer.create("Lists");
        mailer.create("Work");
        String capabilities = mailer.capabilities();
        if (capabilities.toUpperCase(Locale.ROOT).contains("NOTIFY")) {
            throw new DemoFailure("the legacy server has NOTIFY itself: " + capabilities);
        }
        transcript.comment("What the server itself offers: no NOTIFY.");
        transcript.server(capabilities.substring(0, capabilities.indexOf("a")).strip());
    }

    private void logIn() throws IOException {
        transcript.comment("A client connects to the proxy: one connection, the server's words, and NOTIFY added.");
        client.await("the greeting", line -> line.startsWith("* OK"), transcript::server);
        command("LOGIN " + LegacyServer.USER + " " + LegacyServer.PASSWORD);
        StringBuilder capabilities = new StringBuilder();
        client.command("CAPABILITY", transcript::client, line -> {
            transcript.server(line);
            capabilities.append(line).append(' ');
        });
        if (!capabilities.toString().contains(" NOTIFY ")) {
            throw new DemoFailure("the proxy does not offer NOTIFY");
        }
        command("SELECT INBOX");
    }

    private void register() throws IOException {
        transcript.comment("It asks to be told: of INBOX, which it has selected, and of two mailboxes it has not.");
        command(NOTIFY);
        transcript.comment("From here on it only listens.");
    }

    private void newMail() throws IOException {
        transcript.comment("Another client, directly on the server, appends a message to Lists ...");
        mailer.append("Lists", "Ann <ann@example.org>", "Minutes of the meeting");
        told("STATUS of Lists with one message", status("Lists", "MESSAGES 1"));

        transcript.comment("... one to Work ...");
        mailer.append("Work", "Bob <bob@example.org>", "The build is red");
        told("STATUS of Work with one message", status("Work", "MESSAGES 1"));

        transcript.comment("... and one to INBOX, the selected mailbox: number, UID and the headers it asked for.");
        mailer.append("INBOX", "Eve <eve@example.org>", "Lunch?");
        told("EXISTS", line -> line.equals("* 1 EXISTS"));
        told("FETCH of the new message", line -> line.startsWith("* 1 FETCH ("));
        told("the header Subject", line -> line.equalsIgnoreCase("Subject: Lunch?"));
        client.await("the end of FETCH", line -> line.endsWith(")"), transcript::notification);
    }

    private void changes() throws IOException {
        transcript.comment("The other client reads the message in Lists: its flags change.");
        mailer.read("Lists", 1);
        told("STATUS of Lists with nothing unseen", status("Lists", "UNSEEN 0"));

        transcript.comment("It deletes the one in Work.");
        mailer.delete("Work", 1);
        told("STATUS of Work with no message", status("Work", "MESSAGES 0"));
    }

    private static Predicate<String> status(String mailbox, String item) {
        return line -> line.startsWith("* STATUS " + mailbox + " (")
                && (line.contains(item + " ") || line.contains(item + ")"));
    }

    private void told(String what, Predicate<String> wanted) throws IOException {
        client.await(what, wanted, transcript::notification);
        notifications++;
    }

    private void command(String command) throws IOException {
        client.command(command, transcript::client, transcript::server);
    }

    private void summary() {
        double seconds = (System.nanoTime() - start) / 1e9;
        transcript.blank();
        transcript.title(String.format(
                Locale.ROOT, "1 connection, 3 mailboxes, %d notifications, %.1f s.", notifications, seconds));
        transcript.summary("Plain IDLE tells of one mailbox for each connection: this client would have needed 3,");
        transcript.summary("or to ask for STATUS again and again. With the proxy it needed 1; what the proxy itself");
        transcript.summary("opens to watch an account is shared by all of the account's clients.");
    }
}
