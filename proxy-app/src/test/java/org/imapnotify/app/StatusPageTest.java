package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.imapnotify.netty.ProxyServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page of a proxy with clients, as Chromium shows it. With {@code CI=true} a missing Chromium is a failure. */
class StatusPageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target/status-page");
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final List<Socket> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // by run()
    private ProxyServer proxy;

    @SuppressWarnings("NullAway.Init") // by run(), which a skipped test does not reach
    private ManagementServer management;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed");
        }
        Files.createDirectories(PICTURES);
        mail.setUser("ann@example.org", "ann", "very-secret");
        mail.start();
    }

    private void run(String... flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--upstream=imap://127.0.0.1:" + mail.getImap().getPort(),
                "--listen=127.0.0.1:0",
                "--poll-interval=2s"));
        arguments.addAll(List.of(flags));
        RunSettings settings = Main.runSettings(arguments.toArray(String[]::new));
        Metrics metrics = new Metrics();
        proxy = ProxyServer.start(settings.options(), new MicrometerTelemetry(metrics.registry()));
        management = ManagementServer.bind(ANY);
        management.open(
                metrics.registry(),
                () -> true,
                () -> true,
                new StatusReport(proxy, metrics.registry(), settings)::json,
                new CommandEndpoint(Optional.empty(), Map.of()));
        notifying();
        login();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        if (management != null) {
            management.close();
            proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        }
        mail.stop();
    }

    private void notifying() throws IOException {
        BufferedReader lines = login();
        ask(lines, "a1 CREATE Work");
        ask(lines, "a2 CREATE Lists");
        ask(lines, "a3 NOTIFY SET STATUS (personal (MessageNew MessageExpunge))");
    }

    /** Another of the user's clients does something in a mailbox. */
    private void append(String mailbox) throws IOException {
        BufferedReader lines = login();
        ask(lines, "a1 APPEND " + mailbox + " {3+}\r\na\r\n");
    }

    /** Something goes on, so that the pictures have something to show. */
    private void writeOn() {
        try {
            BufferedReader lines = login();
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                ask(
                        lines,
                        "a" + i + " APPEND " + List.of("INBOX", "Work", "Lists").get(i % 3) + " {3+}\r\na\r\n");
                TimeUnit.MILLISECONDS.sleep(100 + i * 37 % 400);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BufferedReader login() throws IOException {
        Socket socket =
                new Socket(ANY.getAddress(), proxy.imapAddresses().get(0).getPort());
        socket.setSoTimeout(20_000);
        clients.add(socket);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        lines.readLine();
        ask(lines, "l LOGIN ann very-secret");
        return lines;
    }

    private void ask(BufferedReader lines, String command) throws IOException {
        clients.get(clients.size() - 1).getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String tag = command.substring(0, command.indexOf(' ') + 1);
        String line = lines.readLine();
        while (!line.startsWith(tag)) {
            line = lines.readLine();
        }
        assertThat(line).startsWith(tag + "OK");
    }

    private String chromium(String... arguments) throws Exception {
        Path net = directory.resolve("net.json");
        String said = browse("http://" + HostAndPort.format(management.address()) + "/", arguments);
        assertNoRequestsElsewhere(Files.readString(net));
        return said;
    }

    private String browse(String url, String... arguments) throws Exception {
        Path net = directory.resolve("net.json");
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--user-data-dir=" + directory.resolve("profile"),
                "--log-net-log=" + net,
                "--hide-scrollbars",
                "--window-size=1200,1250",
                "--virtual-time-budget=9000"));
        command.addAll(List.of(arguments));
        command.add(url);
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        return Files.readString(said);
    }

    /** Chromium asks for its own services by itself; those are no requests of the page. */
    private void assertNoRequestsElsewhere(String net) {
        String own = "\"initiator\":\"http://" + HostAndPort.format(management.address()) + "\"";
        assertThat(net.lines().filter(line -> line.contains(own)))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("\"url\":\"http://" + HostAndPort.format(management.address()) + "/"));
    }

    private static String text(String dom) {
        String body = dom.substring(dom.indexOf("<body>"), dom.indexOf("<script>"));
        return body.replaceAll("<[^>]+>", "|").replaceAll("\\|[|\\s]*", "|");
    }

    @Test
    void thePageShowsWhatGoesOnAndNobodysName() throws Exception {
        run();
        String dom = chromium("--dump-dom");
        assertThat(text(dom))
                .contains("|serving|", "imap://127.0.0.1:" + mail.getImap().getPort())
                .contains("|Sessions|2|", "|Accounts watched|1|", "|Watch connections|2|", "|Clients|2|")
                .contains("Notifications a second|", "|at most ", "|IDLE|", "|UIDPLUS|")
                .contains("|127.0.0.1:" + mail.getImap().getPort() + "|")
                .contains("|account 1|1|1|2|", "2 every 2 s; 1 followed by IDLE, asked about every ")
                .contains("(names are shown with --status-names)")
                .contains("Mailboxes are asked about every 2 s")
                .doesNotContain("ann", "Work", "Lists");
        assertThat(dom).contains("<polyline points=\"5").doesNotContain("very-secret");
    }

    @Test
    void namesAreShownWhereTheOperatorWantsThem() throws Exception {
        run("--status-names");
        append("Lists");
        String dom = chromium("--dump-dom");
        assertThat(text(dom))
                .contains("|ann|1|1|2|", "Work |(every 2 s)|")
                .containsPattern("INBOX \\|\\(IDLE, every \\d+ s")
                .containsPattern("Lists \\|\\(every 2 s, hinted \\d+ s ago\\)\\|")
                .containsPattern("\\|imap\\|127\\.0\\.0\\.1:\\d+\\|ann\\|");
        assertThat(dom).doesNotContain("very-secret");
    }

    @Test
    void theKeyboardAndScreenReadersFindTheirWay() throws Exception {
        run();
        String dom = chromium("--dump-dom");
        assertThat(dom)
                .contains("<html lang=\"en\">", "<main>", "<h1>", "role=\"status\" aria-live=\"polite\"")
                .containsPattern(
                        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"accounts-title\">")
                .contains("<th scope=\"col\">");
        assertThat(dom.split("<svg ", -1)).hasSize(7);
        assertThat(dom.split("aria-hidden=\"true\"", -1)).hasSize(7);
    }

    @Test
    void axeHasNothingToSayInLightAndInDark() throws Exception {
        run("--status-names");
        try (JudgedPage page = JudgedPage.of(management.address())) {
            for (int scheme : new int[] {1, 0}) {
                String dom = browse(page.url("/axe"), "--dump-dom", "--blink-settings=preferredColorScheme=" + scheme);
                assertThat(JudgedPage.verdict(dom).strip()).matches("[1-9][0-9] rules passed");
            }
        }
    }

    @Test
    void itFitsIntoAPhone() throws Exception {
        run("--status-names");
        try (JudgedPage page = JudgedPage.of(management.address())) {
            assertThat(JudgedPage.verdict(browse(page.url("/phone"), "--dump-dom")))
                    .isEqualTo("width 360");
        }
        browse(
                "http://" + HostAndPort.format(management.address()) + "/",
                "--screenshot=" + PICTURES.resolve("phone.png").toAbsolutePath(),
                "--window-size=500,1400");
    }

    @Test
    void manyMailboxesAreFoldedAway() throws Exception {
        run("--status-names");
        BufferedReader lines = login();
        for (int i = 0; i < 12; i++) {
            ask(lines, "m" + i + " CREATE Many" + i);
        }
        assertThat(text(chromium("--dump-dom")))
                .containsPattern("\\|[0-9]+ every 2 s; 1 followed by IDLE, asked about every [0-9]+ s\\|")
                .contains("Many11 ");
    }

    @Test
    void lightAndDarkAreDifferentPictures() throws Exception {
        run("--status-names");
        Path light = PICTURES.resolve("light.png").toAbsolutePath();
        Path dark = PICTURES.resolve("dark.png").toAbsolutePath();
        Thread writing = new Thread(this::writeOn, "writing");
        writing.setDaemon(true);
        writing.start();
        chromium("--virtual-time-budget=90000", "--screenshot=" + light, "--blink-settings=preferredColorScheme=1");
        chromium("--virtual-time-budget=90000", "--screenshot=" + dark, "--blink-settings=preferredColorScheme=0");
        writing.interrupt();
        writing.join();
        assertThat(brightness(light)).isGreaterThan(200);
        assertThat(brightness(dark)).isLessThan(60);
    }

    private static double brightness(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        double sum = 0;
        int pixels = 0;
        for (int y = 0; y < image.getHeight(); y += 10) {
            for (int x = 0; x < image.getWidth(); x += 10) {
                int rgb = image.getRGB(x, y);
                sum += ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3.0;
                pixels++;
            }
        }
        return sum / pixels;
    }
}
