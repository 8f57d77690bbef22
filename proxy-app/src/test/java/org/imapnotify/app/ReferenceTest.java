package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imapnotify.app.ReferenceCommand.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "YAML, docs/reference/imap-notify-proxy.yaml",
        "SCHEMA, docs/reference/imap-notify-proxy.schema.json",
        "MAN, packaging/imap-notify-proxy.1",
        "COMPLETION, packaging/imap-notify-proxy.bash"
    })
    void theCommittedFileIsWhatTheCommandsSay(Kind kind, String file) throws IOException {
        assertThat(Files.readString(Path.of("..").resolve(file)))
                .as("make it anew with: ./imap-notify-proxy reference %s > %s", kind, file)
                .isEqualTo(kind.text());
    }

    @Test
    void theReferenceIsAConfigurationThatWorks(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("all.yaml"),
                Kind.YAML
                        .text()
                        .replaceAll("(?m)^( *)#(?=[a-z-]+: )(?!cert|key|ca:|listen-tls|address|[a-z-]*: \"\")", "$1"));
        StringWriter err = new StringWriter();
        assertThat(Main.execute(new PrintWriter(err, true), "check-config", file.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void checkConfigNamesKeyValueAndForm(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("bad.yaml"), "upstream: imap://h\nlisten: [127.0.0.1:0]\npoll-interval: soon\n");
        StringWriter err = new StringWriter();
        assertThat(Main.execute(new PrintWriter(err, true), "check-config", file.toString()))
                .isEqualTo(2);
        assertThat(err).asString().contains("poll-interval", "soon", "500ms");
    }
}
