package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COMPRESS=DEFLATE on either side of the proxy, between Python's imaplib with zlib below it and Dovecot. */
class CompressIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> ALL_WELL =
            List.of("append OK", "fetch OK same", "notify OK", "other OK", "told", "bye BYE");

    @TempDir
    private static Path folder;

    private static LocalServer dovecot;
    private static Path script;

    @BeforeAll
    static void start() throws IOException {
        Command.require("python3");
        dovecot = LocalServer.start(
                Variant.DOVECOT_LEGACY,
                Map.of(
                        "EXTRA_CAPABILITIES",
                        "COMPRESS=DEFLATE",
                        "EXTRA_CONF",
                        "protocol imap {\n mail_plugins = $mail_plugins zlib imap_zlib\n}\n"));
        script = folder.resolve("compress.py");
        try (InputStream in = CompressIT.class.getResourceAsStream("/clients/compress.py")) {
            Files.write(script, in.readAllBytes());
        }
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @Test
    void directly() {
        assertThat(said(dovecot.port(), "native", "PLAIN")).contains("append OK", "fetch OK same");
    }

    @Test
    void withTheClientAlone() {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot)) {
            assertThat(said(proxy.port(), "user1", "COMPRESSED"))
                    .containsAll(ALL_WELL)
                    .contains("again b'[COMPRESSIONACTIVE]'");
            assertThat(compressions(proxy)).isEqualTo("client 1 upstream 0 watch 0");
        }
    }

    @Test
    void withTheUpstreamAlone() {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot, "--upstream-compress", "--compress=false")) {
            assertThat(said(proxy.port(), "user2", "PLAIN")).containsAll(ALL_WELL);
            assertThat(compressions(proxy)).matches("client 0 upstream 2 watch [12]");
        }
    }

    @Test
    void onBothSidesAndWithTls() {
        Certificate certificate = Certificate.of(folder, "DNS:localhost");
        try (ProxyProcess proxy = ProxyProcess.before(
                dovecot,
                "--upstream-compress",
                "--listen-tls",
                "127.0.0.1:0",
                "--tls-cert",
                certificate.chain().toString(),
                "--tls-key",
                certificate.key().toString())) {
            assertThat(said(
                            proxy.secondPort(),
                            "user3",
                            "COMPRESSED",
                            certificate.chain().toString()))
                    .containsAll(ALL_WELL);
            assertThat(compressions(proxy)).matches("client 1 upstream 2 watch [12]");
        }
    }

    private static List<String> said(int port, String user, String... more) {
        List<String> command = new ArrayList<>(List.of("python3", script.toString(), Integer.toString(port), user));
        command.addAll(List.of(more));
        Command run = Command.run(folder, PATIENCE, command);
        return run.output().lines().toList();
    }

    private static String compressions(ProxyProcess proxy) {
        String scrape = scrape(proxy);
        StringBuilder counts = new StringBuilder();
        for (String side : List.of("client", "upstream", "watch")) {
            String series = "imapnotify_compressions_total{side=\"" + side + "\"} ";
            String line =
                    scrape.lines().filter(l -> l.startsWith(series)).findFirst().orElseThrow();
            counts.append(counts.isEmpty() ? "" : " ").append(side).append(' ');
            counts.append((int) Double.parseDouble(line.substring(series.length())));
        }
        return counts.toString();
    }

    private static String scrape(ProxyProcess proxy) {
        URI metrics = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/metrics");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
