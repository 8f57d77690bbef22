package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.imapnotify.app.client.Follower;
import org.imapnotify.app.client.Inspection.Login;
import org.imapnotify.app.client.MailboxNews;
import org.imapnotify.app.client.ServerAddress;
import org.imapnotify.app.client.ServerAddress.Security;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} and {@code watch} against a real server without NOTIFY and against the proxy before it. */
class ServerCommandsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, LOOPBACK.getHostAddress(), ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, LOOPBACK.getHostAddress(), ServerSetup.PROTOCOL_SMTP)
    });
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        server.setUser("ann@example.org", "ann", "secret");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private int execute(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String url() {
        return "imap://127.0.0.1:" + server.getImap().getPort();
    }

    private String password(String password) throws IOException {
        return Files.writeString(directory.resolve("password"), password + "\n").toString();
    }

    private void deliver() {
        GreenMailUtil.sendTextEmail(
                "ann@example.org",
                "bob@example.org",
                "Hello",
                "text",
                server.getSmtp().getServerSetup());
    }

    @Test
    void checkTellsHowEachEventWillBeServed() throws IOException {
        assertThat(execute("check", "--upstream", url(), "--user", "ann", "--password-file", password("secret")))
                .as(err.toString())
                .isZero();
        assertThat(out)
                .asString()
                .containsPattern("(?m)^  after login +IMAP4rev1 .*IDLE")
                .containsPattern("(?m)^  IDLE +accepted$")
                .containsPattern(
                        "(?m)^  MessageNew +selected mailbox: at once, by IDLE, what .*; others: INBOX by IDLE, the rest by STATUS")
                .containsPattern("(?m)^  - GreenMail \\(greenmail\\): an EXPUNGE that comes again .* is not handed on$")
                .containsPattern("(?m)^  FlagChange .*only changes of \\\\Seen")
                .containsPattern("(?m)^  AnnotationChange +not served")
                .contains("GreenMail", "CONDSTORE is missing", "LIST-STATUS is missing");
    }

    @Test
    void checkTellsTheSameAsJson() throws IOException {
        assertThat(execute(
                        "check", "--json", "--upstream", url(), "--user", "ann", "--password-file", password("secret")))
                .as(err.toString())
                .isZero();
        assertThat(out)
                .asString()
                .hasLineCount(1)
                .startsWith("{\"server\":{")
                .contains(
                        "\"IDLE\":\"accepted\"",
                        "\"MessageNew\":\"selected mailbox: at once, by IDLE, what it leaves out at the poll interval")
                .contains("\"advice\":[")
                .doesNotContain("secret");
    }

    @Test
    void checkTellsARefusedLoginFromAServerThatIsAway() throws IOException {
        assertThat(execute("check", "--upstream", url(), "--user", "ann", "--password-file", password("wrong")))
                .isEqualTo(CheckCommand.LOGIN_REFUSED);
        assertThat(err).asString().contains("login was refused").doesNotContain("wrong");
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        assertThat(execute("check", "--upstream", "imap://127.0.0.1:" + port)).isEqualTo(1);
        assertThat(execute("check", "--upstream", url(), "--user", "ann")).isEqualTo(2);
        assertThat(err).asString().contains("password-file");
    }

    @Test
    void watchFollowsEveryMailboxThroughTheProxy() throws Exception {
        ProxyServer proxy = ProxyServer.start(
                new ProxyOptions(
                        List.of(new ListenerOptions(
                                new InetSocketAddress(LOOPBACK, 0), TlsMode.NONE, Optional.empty(), true)),
                        new UpstreamOptions(
                                "127.0.0.1", server.getImap().getPort(), UpstreamTls.PLAIN, Optional.empty()),
                        NotifyOptions.DEFAULT,
                        new WatchOptions(WatchMode.AUTO, 2, Duration.ofMillis(200)),
                        1),
                Telemetry.NONE);
        try {
            BlockingQueue<MailboxNews> news =
                    follow(proxy.imapAddresses().get(0).getPort());
            assertThat(next(news, "status").numbers()).containsEntry("messages", 0L);
            assertThat(next(news, "connected").text()).contains("by NOTIFY");
            deliver();
            MailboxNews told = next(news, "status");
            while (Long.valueOf(0).equals(told.numbers().get("messages"))) {
                told = next(news, "status"); // GreenMail raises UIDNEXT before the message is in the mailbox
            }
            assertThat(told.mailbox()).isEqualTo("INBOX");
            assertThat(told.numbers()).containsEntry("messages", 1L).containsEntry("messages-change", 1L);
        } finally {
            proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        }
        assertThat(next(follow(server.getImap().getPort()), "connected").text()).contains("no NOTIFY", "INBOX");
    }

    @Test
    void watchFollowsOneMailboxByIdle() throws Exception {
        BlockingQueue<MailboxNews> news = follow(server.getImap().getPort());
        assertThat(next(news, "connected").text()).contains("no NOTIFY");
        deliver();
        assertThat(next(news, "exists").numbers()).containsEntry("messages", 1L);
    }

    private static BlockingQueue<MailboxNews> follow(int port) {
        BlockingQueue<MailboxNews> news = new LinkedBlockingQueue<>();
        Follower follower = new Follower(
                new ServerAddress("127.0.0.1", port, Security.NONE, Optional.empty()),
                new Login("ann", "secret"),
                List.of(),
                news::add);
        Thread thread = new Thread(() -> {
            try {
                follower.run();
            } catch (IOException ended) {
                news.add(new MailboxNews("lost", "", Map.of(), String.valueOf(ended.getMessage())));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return news;
    }

    private static MailboxNews next(BlockingQueue<MailboxNews> news, String kind) throws InterruptedException {
        List<MailboxNews> passed = new ArrayList<>();
        MailboxNews next;
        do {
            next = news.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("news of kind %s after %s", kind, passed).isNotNull();
            passed.add(next);
        } while (!next.kind().equals(kind));
        return next;
    }

    @Test
    void watchEndsWhenTheLoginIsRefused() throws IOException {
        assertThat(execute("watch", "--server", url(), "--user", "ann", "--password-file", password("wrong")))
                .isEqualTo(CheckCommand.LOGIN_REFUSED);
        assertThat(err).asString().contains("login was refused").doesNotContain("wrong");
    }
}
