package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Everything in a fence in README.md and docs works as it stands there, but for what says in a comment why not here. */
class DocsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Kinds that hold words, not something to run. */
    private static final List<String> TEXTS = List.of("log", "mermaid", "");

    private static DocsStage stage;
    private static ConfigurationChecks checks;

    @BeforeAll
    static void start() throws IOException {
        // Whatever the launcher has to build first is no part of the pages.
        Command.run(Folders.PROJECT, Duration.ofMinutes(3), List.of("./imap-notify-proxy", "--version"));
        stage = new DocsStage();
        checks = new ConfigurationChecks(stage);
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyBlockWorks() {
        return CodeBlock.all().stream()
                .filter(block -> !TEXTS.contains(block.kind()))
                .map(block -> DynamicTest.dynamicTest(block.name(), block.page().toUri(), test(block)));
    }

    private static Executable test(CodeBlock block) {
        return switch (block.kind()) {
            case "sh" -> () -> shell(block);
            case "yaml" -> () -> yaml(block);
            case "haproxy" -> () -> checks.haproxy(block.text());
            case "nginx" -> () -> checks.nginx(block.text());
            case "dovecot" -> () -> checks.dovecot(block.text());
            case "ini systemd" -> () -> checks.systemd(block.text());
            case "ini fail2ban" -> () -> checks.jail(block.text());
            case "ini fail2ban-filter" -> () -> checks.filter(block.text());
            default ->
                () -> {
                    throw new AssertionError("nothing checks blocks of this kind");
                };
        };
    }

    private static void shell(CodeBlock block) throws IOException {
        Command syntax = Command.run(stage.folder(), PATIENCE, List.of("bash", "-n", "-c", block.text()));
        assertThat(syntax.exitCode()).as(syntax.output()).isZero();
        Optional<String> omitted = block.noted("not run").or(() -> testedElsewhere(block));
        if (omitted.isPresent()) {
            System.out.println("[it] not run: " + block.name() + ": " + omitted.get());
            return;
        }
        for (String line : lines(block.text())) {
            run(block, line);
        }
    }

    /** One command each; a backslash at a line's end goes on with it. */
    private static List<String> lines(String text) {
        return Stream.of(text.replaceAll("\\\\\n *", "").split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Optional<String> testedElsewhere(CodeBlock block) {
        Optional<String> by = block.noted("tested by");
        by.ifPresent(name -> assertThat(
                        Folders.MODULE.resolve("src/test/java/org/imapnotify/it/" + name.split(" ", 2)[0] + ".java"))
                .exists());
        return by.map(name -> "tested by " + name);
    }

    private static void run(CodeBlock block, String line) throws IOException {
        boolean serves = line.contains("imap-notify-proxy run ");
        if (serves || block.noted("until").isPresent()) {
            String awaited = block.noted("until").orElse(" listening ");
            untilSaid(awaited, serves ? stage.server(line) + " --management off" : stage.client(line), serves);
        } else {
            Command command = Command.run(
                    stage.folder(), PATIENCE, List.of("bash", "-euo", "pipefail", "-c", stage.client(line)));
            assertThat(command.exitCode()).as("%s%n%s", line, command.output()).isZero();
            assertThat(command.output()).isNotBlank();
        }
    }

    /** Runs until it has said what is awaited, then ends it as an operator would. */
    private static void untilSaid(String awaited, String line, boolean endsWell) throws IOException {
        Path output = Files.createTempFile(stage.folder(), "said", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", asExec(line));
        Process process = builder.directory(stage.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().alias(line)
                    .atMost(PATIENCE)
                    .until(() -> Files.readString(output).contains(awaited) || !process.isAlive());
            assertThat(Files.readString(output)).as(line).contains(awaited);
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            if (endsWell) {
                assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The shell gives way to the command, so that the signal reaches it; variables before it stay before it. */
    private static String asExec(String line) {
        int command = line.indexOf("./");
        return (command == 0 ? "" : "export " + line.substring(0, command) + "; ") + "exec " + line.substring(command);
    }

    private static void yaml(CodeBlock block) throws IOException {
        if (block.note().equals("values of the chart")) {
            checks.configuration(HelmChart.with(block.text()).configuration(), Map.of());
        } else {
            checks.page(block.text());
        }
    }
}
