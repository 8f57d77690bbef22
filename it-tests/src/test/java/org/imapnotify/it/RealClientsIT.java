package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Other people's clients fetch the same through the proxy as directly, and one that knows NOTIFY gets its use. */
class RealClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String USER = "reader";

    @RegisterExtension
    static final ServedAccount ACCOUNT = new ServedAccount(USER);

    @Test
    void mbsyncFetchesTheSame(@TempDir Path folder) {
        Command.require("mbsync");
        assertSame(folder, configuration -> List.of("mbsync", "-c", configuration, "-a"), "mbsyncrc");
    }

    @Test
    void offlineImapFetchesTheSame(@TempDir Path folder) {
        Command.require("offlineimap");
        assertSame(
                folder,
                configuration -> List.of("offlineimap", "-c", configuration, "-o", "-u", "basic"),
                "offlineimaprc");
    }

    private interface CommandLine {
        List<String> with(String configuration);
    }

    private static void assertSame(Path folder, CommandLine commandLine, String configuration) {
        List<String> direct = fetched(folder.resolve("direct"), ACCOUNT.direct(), commandLine, configuration);
        assertThat(direct).hasSize(8).anySatisfy(message -> assertThat(message).contains("2,FS"));
        assertThat(fetched(folder.resolve("proxied"), ACCOUNT.proxied(), commandLine, configuration))
                .isEqualTo(direct);
    }

    private static List<String> fetched(Path folder, int port, CommandLine commandLine, String configuration) {
        try {
            Files.createDirectories(folder.resolve("mail"));
            Path file = MailClientPrograms.file(
                    folder,
                    configuration,
                    Map.of("PORT", Integer.toString(port), "USER", USER, "FOLDER", folder.toString()));
            Command run = Command.run(folder, PATIENCE, commandLine.with(file.toString()));
            assertThat(run.exitCode()).as(run.output()).isZero();
            try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
                return files.filter(RealClientsIT::isMessage)
                        .map(message -> described(folder, message))
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMessage(Path path) {
        String parent = String.valueOf(path.getParent());
        return Files.isRegularFile(path) && (parent.endsWith("/cur") || parent.endsWith("/new"));
    }

    /** Folder, flags and text; not the file's name, nor the header that mbsync adds. */
    private static String described(Path folder, Path message) {
        try {
            String name = message.toString();
            String text = Files.readString(message, StandardCharsets.ISO_8859_1);
            return folder.relativize(message).getParent() + " " + name.substring(name.lastIndexOf(':') + 1) + "\n"
                    + text.replaceAll("X-TUID: .*\r?\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Camel with one connection in INBOX hears of another mailbox at once, which without NOTIFY it does not. */
    @Test
    void evolutionsClientUsesNotify(@TempDir Path folder) {
        Path script = MailClientPrograms.file(folder, "camel.py", Map.of());
        requireCamel(folder);
        try (ImapTestClient client = ImapTestClient.loggedIn(ACCOUNT.direct(), "evolution")) {
            client.ok("CREATE zz");
        }
        Command camel = Command.run(
                folder,
                PATIENCE,
                List.of(
                        "env",
                        "GIO_USE_NETWORK_MONITOR=base",
                        "GSETTINGS_BACKEND=memory",
                        "/usr/bin/python3",
                        script.toString(),
                        folder.toString(),
                        Integer.toString(ACCOUNT.proxied()),
                        Integer.toString(ACCOUNT.direct()),
                        "evolution",
                        "zz"));
        assertThat(camel.output()).contains("before 0\n").contains("after 1\n");
    }

    private static void requireCamel(Path folder) {
        Command.require("python3");
        Command has = Command.run(
                folder, PATIENCE, List.of("/usr/bin/python3", "-c", "import gi; gi.require_version('Camel', '1.2')"));
        if (has.exitCode() != 0 && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("Camel is not installed: " + has.output());
        }
        Assumptions.assumeTrue(has.exitCode() == 0, "Camel is not installed");
    }
}
