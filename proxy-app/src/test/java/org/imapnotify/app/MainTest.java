package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return Main.execute(new PrintWriter(err, true), args);
    }

    @Test
    void anUnknownFlagIsWrongUsage() {
        assertThat(execute("run", "--upstream=imap://h", "--frobnicate")).isEqualTo(2);
        assertThat(err).asString().contains("--frobnicate");
    }

    @Test
    void aSlipInAFlagIsNamedBeforeWhatIsMissingBecauseOfIt() {
        assertThat(execute("run", "--upstraem", "imap://h", "--listen=127.0.0.1:0"))
                .isEqualTo(2);
        assertThat(err).asString().contains("unknown flag --upstraem; did you mean --upstream?");
    }

    @Test
    void aSlipInACommandIsNamed() {
        assertThat(execute("runn", "--upstream=imap://h")).isEqualTo(2);
        assertThat(err).asString().contains("unknown command \"runn\"; did you mean run?", "check-config, watch");
        assertThat(execute()).isEqualTo(2);
        assertThat(err).asString().contains("no command given; the commands are run, check");
    }

    @Test
    void aWordThatThereIsNotIsToldWithThoseThereAre() {
        assertThat(execute("run", "--upstream=imap://h", "--watch", "often")).isEqualTo(2);
        assertThat(err)
                .asString()
                .isEqualToIgnoringNewLines("imap-notify-proxy: watch: \"often\" cannot be used,"
                        + " expected one of auto, dedicated, inline");
        assertThat(execute("run", "--upstream=imap://h", "--watch-connections", "many"))
                .isEqualTo(2);
        assertThat(err).asString().contains("watch-connections: \"many\" cannot be used, expected a whole number");
    }

    /** Every word that help shows of a flag is one that the flag takes. */
    @Test
    void theWordsInTheHelpAreTaken() {
        CommandLine run =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("run"));
        List<OptionSpec> choices = run.getCommandSpec().options().stream()
                .filter(option -> option.type().isEnum() && option.paramLabel().contains("|"))
                .toList();
        assertThat(choices).hasSizeGreaterThan(5);
        for (OptionSpec choice : choices) {
            for (String word : choice.paramLabel().split("\\|", -1)) {
                Main.commandLine().parseArgs("run", "--upstream=imap://h", choice.longestName() + "=" + word);
            }
        }
    }

    @Test
    void aCommandKnowsItsOwnFlagsOnly() {
        assertThat(execute("kick", "ann", "--listen=127.0.0.1:0")).isEqualTo(2);
        assertThat(err).asString().contains("unknown flag --listen");
    }

    @Test
    void aBadValueIsWrongUsageAndIsExplainedInOneLine() {
        assertThat(execute("run", "--upstream=pop3://h", "--listen=127.0.0.1:0"))
                .isEqualTo(2);
        assertThat(err).asString().hasLineCount(1).contains("upstream", "pop3://h", "expected imap://");
    }

    @Test
    void aPortThatIsTakenIsAFailure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(execute("run", "--upstream=imap://127.0.0.1", "--listen=" + address, "--management=off"))
                    .isEqualTo(1);
            assertThat(err).asString().contains(address);
        }
    }

    @Test
    void aManagementPortThatIsTakenIsAFailureWhenItWasAskedFor() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(execute("run", "--upstream=imap://127.0.0.1", "--listen=127.0.0.1:0", "--management=" + address))
                    .isEqualTo(1);
            assertThat(err).asString().contains("management", address);
        }
    }

    @Test
    void aConfigurationFileIsReadAndItsKeysAreChecked(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("proxy.yaml");
        Files.writeString(file, "upstream: imap://h\nlisten: [127.0.0.1:0]\npoll-intervall: 30s\n");
        assertThat(execute("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err).asString().contains("poll-intervall", "30s", "poll-interval");
    }

    @Test
    void theCommandLineWinsOverTheFileWhichIsCheckedTheSame(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("proxy.yaml");
        Files.writeString(
                file, "upstream: pop3://file\nlisten: [127.0.0.1:0, 127.0.0.1:0]\nallow-plaintext-auth: true\n");
        assertThat(execute("run", "--config=" + file)).isEqualTo(2);
        assertThat(err).asString().contains("pop3://file");

        assertThat(execute("run", "--config=" + file, "--upstream=pop3://flag")).isEqualTo(2);
        assertThat(err).asString().contains("pop3://flag");
    }

    @Test
    void aConfigurationFileMustBeThereAndYaml(@TempDir Path directory) throws IOException {
        assertThat(execute("run", "--config=" + directory.resolve("none"))).isEqualTo(2);
        assertThat(err).asString().contains("config", "none", "exists");

        Path file = Files.writeString(directory.resolve("bad.yaml"), "a: [");
        assertThat(execute("run", "--config=" + file)).isEqualTo(2);
        assertThat(err).asString().contains("bad.yaml", "YAML");
    }
}
