package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.IntervalOptions;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.NotifyMode;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.TlsFiles;
import org.imapnotify.netty.TlsMode;
import org.imapnotify.netty.UpstreamAddress;
import org.imapnotify.netty.UpstreamTls;
import org.imapnotify.netty.WatchMode;
import org.imapnotify.netty.WatchOptions;
import org.imapnotify.upstream.QuirkChoice;
import org.imapnotify.upstream.QuirkRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ProxyFlagsTest {
    private static ProxyOptions options(String... flags) {
        ProxyFlags parsed = new ProxyFlags();
        new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(flags);
        return parsed.options();
    }

    @Test
    void hasDefaultsForAllButUpstreamAndListener() {
        ProxyOptions options = options("--upstream", "imap://127.0.0.1", "--listen", "127.0.0.1:0");

        assertThat(options.upstream().addresses())
                .extracting(UpstreamAddress::port)
                .containsExactly(143);
        assertThat(options.upstream().tls()).isEqualTo(UpstreamTls.PLAIN);
        assertThat(options.notifyOptions().mode()).isEqualTo(NotifyMode.AUTO);
        assertThat(options.watch()).isEqualTo(WatchOptions.DEFAULT);
        assertThat(options.listeners()).hasSize(1);
        assertThat(options.listeners().get(0).tls()).isEqualTo(TlsMode.NONE);
        assertThat(options.listeners().get(0).allowPlaintextAuth()).isFalse();
    }

    @Test
    void takesWhatItIsTold() {
        ProxyOptions options = options(
                "--upstream=imap://[::1]:1143?tls=starttls",
                "--listen=127.0.0.1:0,127.0.0.1:1",
                "--listen=[::1]:0",
                "--notify=emulate",
                "--watch=inline",
                "--watch-connections=3",
                "--poll-interval=500ms",
                "--allow-plaintext-auth");

        assertThat(options.upstream().addresses())
                .extracting(UpstreamAddress::host)
                .containsExactly("::1");
        assertThat(options.upstream().tls()).isEqualTo(UpstreamTls.STARTTLS);
        assertThat(options.notifyOptions().mode()).isEqualTo(NotifyMode.EMULATE);
        assertThat(options.watch()).isEqualTo(new WatchOptions(WatchMode.INLINE, 3, Duration.ofMillis(500)));
        assertThat(options.listeners()).hasSize(3).allMatch(ListenerOptions::allowPlaintextAuth);
    }

    @Test
    void quirksAreAutoOffOrRules() {
        String[] flags = {"--upstream=imap://h", "--listen=127.0.0.1:0", "--quirks=auto"};
        assertThat(options(flags).upstream().extras().quirks()).isEqualTo(QuirkChoice.AUTO);
        flags[2] = "--quirks=zimbra,courier";
        assertThat(options(flags).upstream().extras().quirks())
                .isEqualTo(QuirkChoice.of(List.of(QuirkRule.ZIMBRA, QuirkRule.COURIER)));
        flags[2] = "--quirks=gmial";
        assertThatThrownBy(() -> options(flags))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll("quirks", "gmial", "auto, off, or rules: gmail, exchange");
    }

    @Test
    void intervalsFollowThePollIntervalUnlessTheyAreGiven() {
        IntervalOptions poll = IntervalOptions.of(Duration.ofMinutes(1));
        assertThat(options("--upstream=imap://h", "--listen=127.0.0.1:0", "--poll-interval=1m")
                        .watch()
                        .intervals())
                .isEqualTo(poll);
        assertThat(options(
                                "--upstream=imap://h",
                                "--listen=127.0.0.1:0",
                                "--poll-interval=1m",
                                "--poll-interval-quiet=5m",
                                "--metadata-interval=1h",
                                "--notify-safety-interval=3m")
                        .watch()
                        .intervals())
                .isEqualTo(poll.withQuiet(Duration.ofMinutes(5))
                        .withMetadata(Duration.ofHours(1))
                        .withSafety(Duration.ofMinutes(3)));
    }

    @Test
    void aCertificateMakesStartTlsAndListenTlsImplicit(@TempDir Path directory) throws IOException {
        Path cert = Files.createFile(directory.resolve("cert.pem"));
        Path key = Files.createFile(directory.resolve("key.pem"));
        ProxyOptions options = options(
                "--upstream=imaps://127.0.0.1",
                "--listen=127.0.0.1:0",
                "--listen-tls=127.0.0.1:0",
                "--tls-cert=" + cert,
                "--tls-key=" + key);

        assertThat(options.listeners())
                .extracting(ListenerOptions::tls)
                .containsExactly(TlsMode.STARTTLS, TlsMode.IMPLICIT);
        assertThat(options.listeners())
                .extracting(ListenerOptions::certificate)
                .containsOnly(Optional.of(new TlsFiles(cert, key)));
    }

    @ParameterizedTest
    @CsvSource({
        "--listen-tls=127.0.0.1:0, tls-cert",
        "--tls-cert=pom.xml, tls-key",
        "--tls-key=pom.xml, tls-cert",
        "--upstream-ca=none.pem, upstream-ca",
        "--poll-interval=30, poll-interval",
        "--poll-interval=1ms, poll-interval",
        "--watch-connections=0, watch-connections",
        "--listen=nowhere.invalid:143, listen"
    })
    void mistakesNameTheirKey(String flag, String key) {
        assertThatThrownBy(() -> options("--upstream=imap://127.0.0.1", "--listen=127.0.0.1:0", flag))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
