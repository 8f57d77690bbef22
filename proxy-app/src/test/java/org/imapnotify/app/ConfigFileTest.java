package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.WatchMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String HEAD = "upstream: {url: imap://127.0.0.1:143}\nlisteners: {listen: ['127.0.0.1:0']}\n";

    @TempDir
    private Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), yaml);
    }

    private ProxyOptions options(String yaml, String... flags) throws IOException {
        String[] line = new String[3 + flags.length];
        line[0] = "run";
        line[1] = "--config";
        line[2] = file(yaml).toString();
        System.arraycopy(flags, 0, line, 3, flags.length);
        return Main.runSettings(line).options();
    }

    @Test
    void sectionsAndFlagsNamesAreTheSame() throws IOException {
        ProxyOptions sections = options("""
                upstream:
                  url: [imap://127.0.0.1:143, imap://127.0.0.2:143]
                  order: first
                  back-off: 5s
                listeners:
                  listen: [127.0.0.1:0]
                  compress: false
                tls:
                notify: {mode: emulate}
                watch:
                  mode: dedicated
                  connections: 3
                  poll-interval: 2s
                """);
        ProxyOptions flat = options("""
                upstream: [imap://127.0.0.1:143, imap://127.0.0.2:143]
                upstream-order: first
                upstream-back-off: 5s
                listen: 127.0.0.1:0
                compress: false
                notify: emulate
                watch: dedicated
                watch-connections: 3
                poll-interval: 2s
                """);
        assertThat(sections).isEqualTo(flat);
        assertThat(sections.watch().mode()).isEqualTo(WatchMode.DEDICATED);
        assertThat(sections.watch().intervals().poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(sections.front().compress()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "watch: {connections: 3}\\nwatch-connections: 2 | :4: watch-connections: \"2\" | watch.connections in",
                "watch-connections: 2\\nwatch: {connections: 3} | :4: watch.connections: \"3\" | watch-connections in",
                "watch: inline\\nwatch-connections: 2\\nwatch-connection: 2 | :5: watch-connection: | mean watch-connections?",
                "watch: {conections: 2} | :3: watch.conections: \"2\" | mean watch.connections?",
                "watch: {watch-connections: 2} | :3: watch.watch-connections | mean watch.connections?",
                "wach: {connections: 2} | :3: wach: | mean watch?",
                "tls: true | :3: tls: \"true\" | a section with keys of cert, key",
                "watch:\\n  connections: many | :4: watch.connections: \"many\" | a whole number",
                "watch:\\n  connections: 0 | :4: watch.connections: \"0\" | 1 to",
                "watch: {mode: sometimes} | :3: watch.mode: \"sometimes\" | auto|dedicated|inline",
                "watch: {poll-interval: 30} | :3: watch.poll-interval: \"30\" | 30s",
                "listeners: {compress: false} | :3: listeners: | each section once",
                "watch: {connections: 2, connections: 3} | :3: watch.connections: \"3\" | watch.connections in",
                "frobnicate: 2 | :3: frobnicate: \"2\" | one of the keys",
                "management: {token: sesame-open-the-door} | :3: management.token: \"...\" | mean management.token-file?",
                "tls: &a {cert: *a} | config: | itself",
                "tls: [ | config: | YAML",
            })
    void aMistakeIsNamedWithItsLine(String yaml, String place, String expected) throws IOException {
        assertThatThrownBy(() -> options(HEAD + yaml.replace("\\n", "\n") + "\n"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aMistakeOnTheCommandLineIsNotTheFiles() throws IOException {
        assertThatThrownBy(() -> options(HEAD + "poll-interval: 1s\n", "--poll-interval=soon"))
                .hasMessageStartingWith("poll-interval: \"soon\"");
        assertThat(options(HEAD + "watch: {poll-interval: soon}\n", "--poll-interval=2s")
                        .watch()
                        .intervals()
                        .poll())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        ConfigFile config = ConfigFile.read(
                Optional.of(file(HEAD + "watch: {connections: 3}\n")),
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("run"))
                        .getCommandSpec(),
                Map.of("IMAPNOTIFY_WATCH_CONNECTIONS", "4"));
        assertThat(config.value("watch-connections"))
                .contains(new ConfigValue("4", "environment", "IMAPNOTIFY_WATCH_CONNECTIONS"));
        assertThat(config.value("listen")).map(ConfigValue::key).contains("listeners.listen");
    }

    @Test
    void thePackagesFileIsTaken() throws IOException {
        assertThat(options(Files.readString(Path.of("../packaging/deb/config.yaml")))
                        .listeners())
                .isNotEmpty();
    }
}
