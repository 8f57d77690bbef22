package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual's load balancers at work, each with the proxy configured as the manual says beside it. */
class LoadBalancersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HOST = "mail.example.org";

    @TempDir
    private Path folder;

    private final int port = LegacyServer.freePort();

    @Test
    void haproxyHasTheCertificateAndTheProxySeesTheClient() throws IOException {
        Command.require("haproxy");
        Certificate certificate = certificate();
        try (ProxyProcess proxy = behind("haproxy")) {
            String text = block("haproxy")
                    .text()
                    .replace("/etc/haproxy", folder.toString())
                    .replace("bind :993", "bind 127.0.0.1:" + port)
                    .replace("port 9143", "port " + proxy.managementPort())
                    .replace("127.0.0.1:1143", "127.0.0.1:" + proxy.port());
            Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
            mailFlows(List.of("haproxy", "-db", "-f", file.toString()), certificate, proxy);
        }
    }

    @Test
    void nginxHasTheCertificateAndTheProxySeesTheClient() throws IOException {
        Command.require("nginx");
        Certificate certificate = certificate();
        try (ProxyProcess proxy = behind("nginx")) {
            String text = block("nginx")
                    .text()
                    .replace("/etc/nginx", folder.toString())
                    .replace("listen 993", "listen 127.0.0.1:" + port)
                    .replace("127.0.0.1:1143", "127.0.0.1:" + proxy.port());
            Path file = Files.writeString(folder.resolve("nginx.conf"), ConfigurationChecks.nginxHead(folder) + text);
            mailFlows(List.of("nginx", "-g", "daemon off;", "-c", file.toString()), certificate, proxy);
        }
    }

    /** A password is taken, since the client's TLS is known or allowed for; news come; the log has the client's own address. */
    private void mailFlows(List<String> loadBalancer, Certificate certificate, ProxyProcess proxy) throws IOException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(loadBalancer)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> listens() || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            String client;
            try (ImapTestClient imap = ImapTestClient.connectTls(port, certificate.trusted(), HOST)) {
                client = "client=127.0.0.1:" + imap.localPort() + " user=user6 ";
                imap.ok("LOGIN user6 " + LegacyServer.PASSWORD);
                imap.ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");
                imap.append("INBOX", Messages.withSubject("through a load balancer"));
                imap.completed(imap.send("LOGOUT"), "OK");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(proxy.output()).contains(client).contains("cause=CLIENT_LOGOUT"));
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    private boolean listens() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    /** The proxy with the configuration that follows the load balancer's on its page. */
    private ProxyProcess behind(String kind) throws IOException {
        List<CodeBlock> blocks = CodeBlock.all();
        CodeBlock configuration = blocks.get(blocks.indexOf(block(kind)) + 1);
        assertThat(configuration.text()).contains("proxy-protocol");
        Path file = Files.writeString(folder.resolve("config.yaml"), configuration.text());
        return ProxyProcess.before(
                LegacyServer.shared(Variant.DOVECOT_LEGACY), "--config", file.toString(), "--drain-delay=0s");
    }

    private static CodeBlock block(String kind) {
        return CodeBlock.all().stream()
                .filter(block -> block.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** Chain and key as two files, for nginx, and as one, for HAProxy. */
    private Certificate certificate() throws IOException {
        Certificate certificate = Certificate.of(folder, "DNS:" + HOST);
        Files.copy(certificate.key(), folder.resolve("mail-key.pem"));
        Files.writeString(
                folder.resolve("mail.pem"),
                Files.readString(certificate.chain()) + Files.readString(certificate.key()));
        return certificate;
    }
}
