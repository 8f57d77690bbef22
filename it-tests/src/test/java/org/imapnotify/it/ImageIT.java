package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image: built as the Dockerfile says, then run as a container that may write nowhere and has no rights. */
class ImageIT {
    private static final String IMAGE = "imapnotify/it-proxy";
    private static final Pattern LISTENING = Pattern.compile("(?m)^(\\S+) INFO  listening ");
    private static final int MEGABYTE = 1_000_000;

    private final String name = "it-proxy-" + LegacyServer.freePort();
    private final int imap = LegacyServer.freePort();
    private final int management = LegacyServer.freePort();

    @BeforeAll
    static void build() {
        Docker.require();
        ProxyProcess.jar();
        Duration took = Docker.build(IMAGE, "docker/Dockerfile", ".", "BUILD_IMAGE");
        System.out.println("[it] the image: built in " + took.toSeconds() + " s, " + size() / MEGABYTE + " MB");
    }

    private static long size() {
        return Long.parseLong(Docker.inspect(IMAGE, ".Size"));
    }

    @AfterEach
    void remove() {
        Docker.tried("rm", "-f", name);
    }

    private void start(LegacyServer upstream) {
        Docker.run(
                "run",
                "-d",
                "--name",
                name,
                "--network=host",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "-e",
                "IMAPNOTIFY_LISTEN=127.0.0.1:" + imap,
                "-e",
                "IMAPNOTIFY_MANAGEMENT=127.0.0.1:" + management,
                "-e",
                "IMAPNOTIFY_UPSTREAM=imap://127.0.0.1:" + upstream.port(),
                "-e",
                "IMAPNOTIFY_POLL_INTERVAL=500ms",
                IMAGE);
    }

    private String logs() {
        return Docker.run("logs", name).output();
    }

    private String listening() {
        return LISTENING
                .matcher(logs())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElse("");
    }

    @Test
    void isSmallAndRunsAsNobody() {
        assertThat(size()).isLessThan(150L * MEGABYTE);
        assertThat(Docker.inspect(IMAGE, ".Config.User")).isEqualTo("10143:10143");
        assertThat(Docker.inspect(IMAGE, "json .Config.Healthcheck.Test")).contains("\"ready\"");
        assertThat(Docker.inspect(IMAGE, "json .Config.Labels"))
                .contains("org.opencontainers.image.title", "org.opencontainers.image.version");
    }

    @Test
    void mailFlowsThroughAReadOnlyContainerThatIsHealthyAndLeavesWithBye() {
        LegacyServer dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        start(dovecot);
        await().atMost(Duration.ofSeconds(30)).until(() -> !listening().isEmpty());
        tellStartTime();
        try (ImapTestClient client = ImapTestClient.loggedIn(imap, "user7");
                ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "user7")) {
            writer.ok("CREATE fromTheImage" + imap);
            client.ok("NOTIFY SET (personal (MessageNew MessageExpunge))");
            writer.append("fromTheImage" + imap, Messages.withSubject("hello"));
            client.expect("\\* STATUS \"?fromTheImage" + imap + "\"? \\(MESSAGES 1 .*");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Docker.inspect(name, ".State.Health.Status").equals("healthy"));
            Docker.run("stop", name);
            client.expect("\\* BYE .*");
        }
        assertThat(Docker.inspect(name, ".State.ExitCode")).as(logs()).isEqualTo("0");
        assertThat(logs()).doesNotContain("WARN").doesNotContain("ERROR");
    }

    private void tellStartTime() {
        Instant started = Instant.parse(Docker.inspect(name, ".State.StartedAt"));
        Instant listens = Instant.parse(listening().split(" ", 2)[0]);
        Duration took = Duration.between(started, listens);
        System.out.println("[it] the image: listens " + took.toMillis() + " ms after the container's start");
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void healthCheckFailsWhereNoProxyIs() {
        Command ready = Docker.tried(
                "run", "--rm", "--network=host", IMAGE, "ready", "--management", "127.0.0.1:" + management);
        assertThat(ready.exitCode()).as(ready.output()).isEqualTo(1);
    }

    @Test
    void refusesAConfigurationWithTheReason() {
        Command run = Docker.tried("run", "--rm", "--network=host", IMAGE, "run", "--upstream", "nonsense");
        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output()).contains("nonsense");
    }

    @Test
    void classesComeFromTheArchive() {
        Command version = Docker.run(
                "run",
                "--rm",
                "--network=host",
                "--read-only",
                "-e",
                "JDK_JAVA_OPTIONS=-Xlog:class+load",
                IMAGE,
                "--version");
        assertThat(version.output().lines().filter(line -> line.contains("shared objects file (top)")))
                .as(version.output())
                .hasSizeGreaterThan(100);
    }

    @Test
    void trustsThePublicAuthorities(@TempDir Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("cacerts");
        Docker.run("create", "--name", name, IMAGE);
        Docker.run("cp", name + ":/opt/java/lib/security/cacerts", store.toString());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(store)) {
            trusted.load(in, null);
        }
        assertThat(trusted.size()).isGreaterThan(50);
    }
}
