package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Too many clients, and logins that fail, as clients, the log, fail2ban and Prometheus see them. */
class LimitsIT {
    private static final String HOST = "localhost";
    private static final String USER = "user6";

    @TempDir
    private static Path folder;

    private ProxyProcess proxy;
    private Certificate certificate;

    @BeforeEach
    void start() {
        certificate = Certificate.of(folder, "DNS:" + HOST);
        proxy = ProxyProcess.before(
                LegacyServer.shared(Variant.DOVECOT_LEGACY),
                "--listen-tls=127.0.0.1:0",
                "--tls-cert=" + certificate.chain(),
                "--tls-key=" + certificate.key(),
                "--limit-exempt=192.0.2.0/24",
                "--limit-connections-per-address=2",
                "--limit-login-delay=3s");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private double metric(String series) throws IOException {
        URI metrics = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/metrics");
        try (InputStream in = metrics.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + series));
        }
    }

    @Test
    void oneMoreFromAnAddressGetsByeWithAndWithoutTls() throws IOException {
        try (ImapTestClient first = ImapTestClient.loggedIn(proxy.port(), USER);
                ImapTestClient second = ImapTestClient.connectTls(proxy.secondPort(), certificate.trusted(), HOST);
                ImapTestClient third = ImapTestClient.open(proxy.port());
                ImapTestClient fourth = ImapTestClient.open(proxy.secondPort())) {
            assertTurnedAway(third);
            fourth.handshake(certificate.trusted(), HOST);
            assertTurnedAway(fourth);
            first.ok("NOOP");
            second.ok("NOOP");
            assertThat(metric("imapnotify_connection_rejects_total{reason=\"limit-address\"}"))
                    .isEqualTo(2);
            assertThat(proxy.output().lines().filter(line -> line.contains("client turned away")))
                    .singleElement()
                    .asString()
                    .contains("client=127.0.0.1:", "cause=limit-address");
        }
    }

    private static void assertTurnedAway(ImapTestClient client) {
        assertThat(client.next(ImapTestClient.PATIENCE).text().strip())
                .isEqualTo("* BYE [LIMIT] too many connections from your address");
        client.expectClosed(ImapTestClient.PATIENCE);
    }

    @Test
    void aFailedLoginDelaysTheNextAndIsALineForFail2ban() throws IOException {
        String forged = "x>, rip=198.51.100.9, session=<y";
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.completed(client.send("LOGIN \"" + forged + "\" sesame"), "NO");
            client.completed(client.send("LOGIN " + USER + " sesame"), "NO");
            long before = System.nanoTime();
            client.ok("LOGIN " + USER + " " + LegacyServer.PASSWORD);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(2900));
            assertThat(metric("imapnotify_login_delays_total")).isEqualTo(2);
        }
        List<String> lines = proxy.output()
                .lines()
                .filter(line -> line.contains("auth failed"))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains("user=<x\\x3e\\x2c\\x20rip\\x3d198.51.100.9\\x2c\\x20session\\x3d\\x3cy>, method=LOGIN,")
                .contains(" rip=127.0.0.1, session=<");
        assertThat(lines.get(1)).contains("user=<" + USER + ">, method=LOGIN, rip=127.0.0.1, session=<");
        assertThat(proxy.output()).doesNotContain("sesame", LegacyServer.PASSWORD + "\"");
        assertThat(banned(lines)).contains("2 matched, 0 missed").doesNotContain("198.51.100.9 ");
    }

    private static String banned(List<String> lines) throws IOException {
        Command.require("fail2ban-regex");
        Path log = Files.write(folder.resolve("proxy.log"), lines);
        return Command.run(
                        folder,
                        Duration.ofSeconds(30),
                        List.of(
                                "fail2ban-regex",
                                "--print-all-matched",
                                log.toString(),
                                "/etc/fail2ban/filter.d/dovecot.conf"))
                .output();
    }
}
