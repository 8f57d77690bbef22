package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** imapflow, the IMAP client of Node: it sees the same, and IDLE tells it of a new message as it does directly. */
class ImapFlowIT {
    private static final String VERSION = "2.10.2";
    private static final String USER = "flow";
    private static final Duration INSTALL = Duration.ofMinutes(5);

    @RegisterExtension
    static final ServedAccount ACCOUNT = new ServedAccount(USER);

    @Test
    void seesAndHearsTheSame(@TempDir Path folder) {
        Command.require("node");
        Command.require("npm");
        Path modules = modules();
        String direct = said(folder, modules, ACCOUNT.direct());
        assertThat(direct).contains("heard of 1\n", "deleted true\n", "second in work", "done\n");
        assertThat(said(folder, modules, ACCOUNT.proxied())).isEqualTo(direct);
    }

    private static String said(Path folder, Path modules, int port) {
        Path script = MailClientPrograms.file(folder, "imapflow.cjs", Map.of());
        Command node = Command.run(
                folder,
                Duration.ofSeconds(60),
                List.of(
                        "node",
                        script.toString(),
                        modules.toString(),
                        Integer.toString(port),
                        Integer.toString(ACCOUNT.direct()),
                        USER));
        assertThat(node.exitCode()).as(node.output()).isZero();
        return node.output();
    }

    /** Installed once; the folder is kept from run to run. */
    private static Path modules() {
        Path cache = Path.of(Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .orElse(System.getProperty("user.home") + "/.cache"))
                .resolve("imap-notify-proxy/imapflow-" + VERSION);
        Path modules = cache.resolve("node_modules");
        if (Files.notExists(modules.resolve("imapflow/package.json"))) {
            Command npm = Command.run(
                    Path.of("/"),
                    INSTALL,
                    List.of(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--prefix",
                            cache.toString(),
                            "imapflow@" + VERSION));
            if (npm.exitCode() != 0 && "true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("imapflow cannot be installed: " + npm.output());
            }
            Assumptions.assumeTrue(npm.exitCode() == 0, "imapflow cannot be installed");
        }
        return modules;
    }
}
