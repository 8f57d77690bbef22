package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped unit and launcher under a real systemd, sandbox and filter of system calls included. */
class SystemdIT {
    private static final String UNIT = "imap-notify-proxy.service";
    private static final Path PACKAGING = Folders.PROJECT.resolve("packaging");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What cannot be had here, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "ProtectHome", "the jar to test may lie in a home",
            "PrivateTmp", "the test's files lie in /tmp",
            "ProtectKernelTunables", "a container may not mount over /proc",
            "ProtectKernelLogs", "a container has no /dev/kmsg",
            "DynamicUser", "a user's manager has one user",
            "SupplementaryGroups", "a user's manager has one user",
            "LogsDirectory", "it would be a user's");

    @TempDir
    private Path folder;

    private final int port = LegacyServer.freePort();
    private Path config;
    private Path log;
    private SystemdManager systemd;

    @BeforeEach
    void start() throws IOException {
        config = Files.writeString(
                folder.resolve("config.yaml"),
                "upstream: {url: \"imap://127.0.0.1:"
                        + LegacyServer.shared(Variant.DOVECOT_LEGACY).port() + "\"}\n"
                        + "listeners: {listen: [\"127.0.0.1:" + port + "\"]}\nmanagement: {address: \"off\"}\n");
        log = folder.resolve("log");
        Path launcher = Files.writeString(
                folder.resolve("launcher"),
                Folders.text(PACKAGING.resolve("deb/launcher"))
                        .replace(
                                "/usr/share/imap-notify-proxy/imap-notify-proxy.jar",
                                ProxyProcess.jar().toString())
                        .replace("/usr/lib/imap-notify-proxy", nativeLibraries().toString()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        systemd = SystemdManager.start(Map.of(UNIT, unit(launcher)));
    }

    /** As the package has them: in the sandbox there is no place to unpack them to. */
    private Path nativeLibraries() throws IOException {
        Path libraries = Files.createDirectory(folder.resolve("native"));
        try (FileSystem jar = FileSystems.newFileSystem(ProxyProcess.jar());
                Stream<Path> files = Files.list(jar.getPath("META-INF/native"))) {
            for (Path file : files.toList()) {
                Files.copy(file, libraries.resolve(file.getFileName().toString()));
            }
        }
        return libraries;
    }

    private String unit(Path launcher) {
        StringBuilder unit = new StringBuilder();
        for (String line :
                Folders.text(PACKAGING.resolve("systemd/" + UNIT)).lines().toList()) {
            if (LEFT_OUT.keySet().stream().noneMatch(line::startsWith)) {
                unit.append(line.replace("/usr/bin/imap-notify-proxy", launcher.toString())
                                .replace("/etc/imap-notify-proxy/config.yaml", config.toString())
                                .replace("WatchdogSec=60", "WatchdogSec=5"))
                        .append('\n');
            }
            if (line.equals("[Service]")) {
                unit.append("StandardOutput=append:").append(log).append("\nStandardError=inherit\n");
                unit.append("Environment=JAVA_OPTS=-XX:TieredStopAtLevel=1\n");
            }
        }
        return unit.toString();
    }

    @AfterEach
    void stop() {
        if (systemd != null) {
            systemd.close();
        }
    }

    private String property(String name) {
        return systemd.property(UNIT, name);
    }

    private void done(String... words) {
        Command command = systemd.systemctl(words);
        assertThat(command.exitCode())
                .as(() -> command.output() + (Files.exists(log) ? Folders.text(log) : ""))
                .isZero();
    }

    @Test
    void startsIsReadyReloadsAndDrains() throws Exception {
        LEFT_OUT.forEach((setting, why) -> System.out.println("[it] unit without " + setting + ": " + why));
        done("start", UNIT);
        assertThat(property("StatusText")).isEqualTo("listening");
        String pid = property("MainPID");
        try (ImapTestClient client = ImapTestClient.loggedIn(port, "user6")) { // it listened before systemctl was done
            done("reload", UNIT);
            await().atMost(PATIENCE).until(() -> Folders.text(log).contains("configuration reloaded"));
            await().atMost(PATIENCE)
                    .until(() -> property("ActiveState").equals("active")); // "reloading" until it says READY

            Files.writeString(config, "poll-intervall: 1s\n", StandardOpenOption.APPEND);
            assertThat(systemd.systemctl("reload", UNIT).exitCode()).isNotZero();
            assertThat(property("ActiveState")).isEqualTo("active");
            assertThat(property("MainPID")).isEqualTo(pid);
            client.ok("NOOP");

            Thread stopping = new Thread(() -> systemd.systemctl("stop", UNIT), "stopping");
            stopping.start();
            client.expect("\\* BYE .*");
            stopping.join();
        }
        assertThat(property("ActiveState")).isEqualTo("inactive");
        assertThat(property("Result")).isEqualTo("success");
        assertThat(Folders.text(log)).contains(" stopped ").doesNotContain(" ERROR ");
    }

    /** Killed, it is started again; stopped by a debugger or a signal, the watchdog sees to that. */
    @Test
    void comesBackWhenItIsKilledAndWhenItHangs() throws Exception {
        done("start", UNIT);
        signal("KILL");
        awaitRestarts(1);
        signal("STOP");
        awaitRestarts(2);
        assertThat(Folders.text(log)).contains(" listening ");
        try (ImapTestClient client = ImapTestClient.loggedIn(port, "user6")) {
            client.ok("NOOP");
        }
    }

    private void signal(String name) {
        Command kill = Command.run(folder, PATIENCE, List.of("kill", "-" + name, property("MainPID")));
        assertThat(kill.exitCode()).as(kill.output()).isZero();
    }

    private void awaitRestarts(int restarts) {
        await().atMost(PATIENCE)
                .until(() -> Integer.parseInt(property("NRestarts")) >= restarts
                        && property("ActiveState").equals("active"));
    }

    /** The bar of {@code DebianPackageIT}, for who has no container engine. */
    @Test
    void theUnitKeepsWhatItPromises() {
        String unit = Folders.text(PACKAGING.resolve("systemd/" + UNIT));
        assertThat(unit).contains("SuccessExitStatus=143", "WatchdogSec=", "LimitCORE=0", "NoNewPrivileges=yes");
        assertThat(Pattern.compile("(?m)^MemoryDenyWriteExecute").matcher(unit).find())
                .isFalse();
    }
}
