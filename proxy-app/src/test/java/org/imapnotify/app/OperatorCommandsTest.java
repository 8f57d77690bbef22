package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.NotifyOptions;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.ProxyServer;
import org.imapnotify.netty.Telemetry;
import org.imapnotify.netty.TlsMode;
import org.imapnotify.netty.UpstreamOptions;
import org.imapnotify.netty.UpstreamTls;
import org.imapnotify.netty.WatchOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of operators, from the command line through the management port to a proxy with clients. */
class OperatorCommandsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String TOKEN = "correct-horse-battery";

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final BlockingQueue<String> traced = new LinkedBlockingQueue<>();
    private final AtomicInteger drains = new AtomicInteger();
    private final List<Client> clients = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ProxyServer proxy;
    private ManagementServer management;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        mail.setUser("ann@example.org", "ann", "secret");
        mail.setUser("bob@example.org", "bob", "secret");
        mail.start();
        proxy = ProxyServer.start(
                new ProxyOptions(
                        List.of(new ListenerOptions(ANY, TlsMode.NONE, Optional.empty(), true)),
                        new UpstreamOptions("127.0.0.1", mail.getImap().getPort(), UpstreamTls.PLAIN, Optional.empty()),
                        NotifyOptions.DEFAULT,
                        WatchOptions.DEFAULT,
                        1),
                Telemetry.NONE);
        open(Optional.of(token(TOKEN)), TraceOutput.to(traced::add, "here"));
    }

    private void open(Optional<ManagementToken> token) throws IOException {
        open(token, TraceOutput.to(traced::add, "here"));
    }

    private void open(Optional<ManagementToken> token, TraceOutput traces) throws IOException {
        management = ManagementServer.bind(ANY);
        Commands commands = new Commands(proxy, drains::incrementAndGet, traces);
        management.open(
                new Metrics().registry(),
                () -> true,
                () -> true,
                () -> "{}",
                new CommandEndpoint(token, commands.all()));
    }

    @AfterEach
    void stop() throws Exception {
        for (Client client : clients) {
            client.socket().close();
        }
        management.close();
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        mail.stop();
    }

    private ManagementToken token(String text) throws IOException {
        return ManagementToken.of(tokenFile(text), Map.of()).orElseThrow();
    }

    private Path tokenFile(String text) throws IOException {
        return Files.writeString(directory.resolve("token"), text + "\n");
    }

    private int command(String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--management=" + HostAndPort.format(management.address()));
        arguments.add("--management-token-file=" + directory.resolve("token"));
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    /** A mail client that has logged in. */
    private record Client(Socket socket, BufferedReader lines) {
        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String tag = command.substring(0, command.indexOf(' ') + 1);
            String line = lines.readLine();
            while (line != null && !line.startsWith(tag)) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        }
    }

    private Client loggedIn(String user) throws IOException {
        Socket socket =
                new Socket(ANY.getAddress(), proxy.imapAddresses().get(0).getPort());
        socket.setSoTimeout(20_000);
        Client client = new Client(
                socket,
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        clients.add(client);
        client.lines().readLine();
        assertThat(client.ask("l LOGIN " + user + " secret")).startsWith("l OK");
        return client;
    }

    @Test
    void sessionsListsWhoIsThere() throws IOException {
        loggedIn("ann");
        loggedIn("bob");
        assertThat(command("pause", "bob")).isZero();
        assertThat(command("sessions")).as(err.toString()).isZero();
        assertThat(out)
                .asString()
                .containsPattern("(?m)^[A-Z0-9]{8} +ann +127\\.0\\.0\\.1:\\d+ +imap +no +\\d+s$")
                .containsPattern("(?m)^[A-Z0-9]{8} +bob ")
                .contains("Watching is paused: [bob]");
    }

    @Test
    void kickEndsOneUsersSessionsAlone() throws IOException {
        Client ann = loggedIn("ann");
        Client bob = loggedIn("bob");
        assertThat(command("kick", "ann")).isZero();
        assertThat(out).asString().contains("1 session of ann disconnected");
        assertThat(ann.lines().readLine()).startsWith("* BYE");
        assertThat(bob.ask("n NOOP")).startsWith("n OK");
        assertThat(command("kick", "carol")).isEqualTo(OperatorCommand.NOBODY);
        assertThat(command("kick")).isEqualTo(2);
    }

    @Test
    void aTraceIsForATimeAndWithoutSecrets() throws Exception {
        assertThat(command("trace", "ann", "--for", "10m")).as(err.toString()).isZero();
        Client ann = loggedIn("ann");
        assertThat(ann.ask("a1 LOGIN ann secret")).isNotNull();
        assertThat(ann.ask("a2 CHECK")).isNotNull();
        List<String> lines = new ArrayList<>();
        do {
            lines.add(traced.poll(20, TimeUnit.SECONDS));
            assertThat(lines).doesNotContainNull();
        } while (!lines.get(lines.size() - 1).contains("S: a2 "));
        assertThat(lines)
                .anyMatch(line -> line.matches("session=[A-Z0-9]{8} user=ann C: a2 CHECK"))
                .anyMatch(line -> line.contains("C: a1 LOGIN [masked]"))
                .noneMatch(line -> line.contains("secret"));
        assertThat(command("trace", "ann", "--for", "2h")).isEqualTo(1);
        assertThat(err).asString().contains("for", "2h", "up to 1h");
        assertThat(command("trace", "ann", "--for", "soon")).isEqualTo(2);
        assertThat(command("trace", "ann", "--for", "0s")).isZero();
    }

    @Test
    void aTraceIsAFileThatNobodyElseReads() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("traces"));
        management.close();
        open(Optional.of(token(TOKEN)), new TraceFolder(folder, 1 << 20));
        Client ann = loggedIn("ann");
        assertThat(command("trace", "ann", "--for", "10m")).as(err.toString()).isZero();
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(out).asString().contains("1 session of ann traced for 10m", file.toString());
        assertThat(ann.ask("a1 LOGIN ann secret")).isNotNull();
        assertThat(ann.ask("a2 CHECK")).isNotNull();
        assertThat(command("trace", "ann", "--for", "0s")).isZero();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.readString(file).contains("S: a2 ")) {
            assertThat(System.nanoTime()).as(Files.readString(file)).isLessThan(end);
            Thread.onSpinWait();
        }
        assertThat(Files.readString(file))
                .containsPattern("(?m)^20\\S+Z session=[A-Z0-9]{8} user=ann C: a2 CHECK$")
                .contains("C: a1 LOGIN [masked]")
                .doesNotContain("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void drainBeginsTheEnd() throws IOException {
        loggedIn("ann");
        assertThat(command("drain")).isZero();
        assertThat(out).asString().contains("draining 1 session");
        assertThat(drains).hasValue(1);
    }

    @Test
    void withoutTheTokenNothingHappens() throws Exception {
        Client ann = loggedIn("ann");
        tokenFile("some-other-token-of-somebody");
        assertThat(command("kick", "ann")).isEqualTo(OperatorCommand.TOKEN_REFUSED);
        assertThat(err).asString().contains("token").doesNotContain("some-other");
        management.close();
        open(Optional.empty());
        tokenFile(TOKEN);
        assertThat(command("kick", "ann")).isEqualTo(OperatorCommand.TOKEN_REFUSED);
        assertThat(err).asString().contains("takes no commands", "management-token-file");
        assertThat(ann.ask("n NOOP")).startsWith("n OK");
    }

    @Test
    void commandsComeByPostWithATokenOfSomeLength() throws Exception {
        String path = CommandEndpoint.PATH + "sessions";
        assertThat(http("GET", path, "Bearer " + TOKEN).statusCode()).isEqualTo(405);
        assertThat(http("POST", path, TOKEN).statusCode()).isEqualTo(401);
        assertThat(http("POST", path, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
        assertThat(http("POST", CommandEndpoint.PATH + "reboot", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(404);
        tokenFile("short");
        assertThat(command("sessions")).isEqualTo(2);
        assertThat(err).asString().contains("management-token-file", "16").doesNotContain("short\"");
        assertThat(token(TOKEN)).hasToString("***");
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws IOException {
        tokenFile(TOKEN);
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, ANY.getAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(Main.execute(
                        new PrintWriter(err, true),
                        "drain",
                        "--management=127.0.0.1:" + port,
                        "--management-token-file=" + directory.resolve("token")))
                .isEqualTo(1);
        assertThat(err).asString().contains("no proxy answers at 127.0.0.1:" + port);
    }

    private HttpResponse<String> http(String method, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + HostAndPort.format(management.address()) + path))
                .header("Authorization", authorization)
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
