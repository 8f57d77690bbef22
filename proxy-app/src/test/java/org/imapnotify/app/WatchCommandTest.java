package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code watch} as a process, as a shell runs it. */
class WatchCommandTest {
    private static final String ESCAPE = "\u001b";

    @SuppressWarnings("NullAway.Init") // by start()
    private ScriptedServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ProcessBuilder watch(boolean terminal, String... arguments) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dimapnotify.terminal=" + terminal,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "watch",
                "--server=" + server.url(),
                "--user=ann",
                "--password-file=" + password));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm");
        return builder;
    }

    private static String ended(ProcessBuilder command, int code) throws Exception {
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void connectsAgainAndRemembersWhatItKnew() throws Exception {
        Process process = watch(false, "--json").start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            while (lines.stream().noneMatch(line -> line.contains("\"messages\":2"))) {
                String line = said.readLine();
                assertThat(line).as("after %s", lines).isNotNull();
                lines.add(line);
            }
        } finally {
            process.destroy();
        }
        assertThat(lines).allMatch(line -> line.matches("\\{\"time\":\"20[^\"]+Z\",\"event\":\"[a-z]+\",.*}"));
        assertThat(lines.stream().map(line -> line.replaceAll(".*\"event\":\"([a-z]+)\".*", "$1")))
                .containsExactly("connected", "status", "lost", "connected", "status");
        assertThat(lines.get(1)).contains("\"mailbox\":\"Work\",\"messages\":1,\"unseen\":0");
        assertThat(lines.get(2)).contains("connecting again");
        assertThat(lines.get(4)).contains("\"messages\":2,\"messages-change\":1");
    }

    @ParameterizedTest
    @CsvSource({
        "true, , auto, true",
        "true, 1, auto, false",
        "false, , auto, false",
        "true, , never, false",
        "false, 1, always, true"
    })
    void isColouredOnTerminalsAndAsAskedFor(boolean terminal, String noColor, String color, boolean coloured)
            throws Exception {
        ProcessBuilder command = watch(terminal, "--once", "--color=" + color);
        if (noColor != null) {
            command.environment().put("NO_COLOR", noColor);
        }
        String said = ended(command, 1);
        assertThat(said).contains("Work").contains("the server closed the connection");
        assertThat(said.contains(ESCAPE)).as(said).isEqualTo(coloured);
    }

    @Test
    void mistakesAreExplainedAndHaveCodesOfTheirOwn() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "wrong\n");
        assertThat(ended(watch(false, "--password-file=" + wrong), 2)).contains("password-file", "only once");
        assertThat(ended(watch(false, "--color=red"), 2))
                .contains("color: \"red\"", "expected one of auto, always, never");
        assertThat(ended(watch(false, "--serve=x"), 2))
                .contains("unknown flag --serve; did you mean --server?", "--help");
    }
}
