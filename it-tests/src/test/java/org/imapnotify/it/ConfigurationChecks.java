package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges configuration that pages show by the programs that it is for. */
final class ConfigurationChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final DocsStage stage;

    ConfigurationChecks(DocsStage stage) {
        this.stage = stage;
    }

    /** A configuration of ours. What shows a part of a file gets the rest from the environment. */
    void page(String yaml) throws IOException {
        Map<String, String> rest = new HashMap<>();
        if (!yaml.matches("(?s).*(?:^|\n)(?:upstream:|  url:) *\\S.*")) {
            rest.put("IMAPNOTIFY_UPSTREAM", "imap://127.0.0.1:143");
        }
        if (!yaml.matches("(?s).*\n  listen(?:-tls)?:.*")) {
            rest.put("IMAPNOTIFY_LISTEN", "127.0.0.1:1143");
        }
        String here = stage.server(yaml);
        configuration(here, rest);
        if (rest.isEmpty()) {
            stage.keepConfiguration(here);
        }
    }

    void configuration(String yaml, Map<String, String> environment) throws IOException {
        Path file = write("checked.yaml", stage.mounted(yaml));
        List<String> words = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of("./imap-notify-proxy", "check-config", file.toString()));
        succeeds(words);
    }

    void haproxy(String text) throws IOException {
        Command.require("haproxy");
        Path file =
                write("haproxy.cfg", text.replace("/etc/haproxy", stage.folder().toString()));
        succeeds(List.of("haproxy", "-c", "-f", file.toString()));
    }

    void nginx(String text) throws IOException {
        Command.require("nginx");
        String here = text.replace("/etc/nginx", stage.folder().resolve("etc").toString());
        Path file = write("nginx.conf", nginxHead(stage.folder()) + here);
        succeeds(List.of("nginx", "-t", "-c", file.toString()));
    }

    /** What Debian's own configuration says before. */
    static String nginxHead(Path folder) {
        return "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\nerror_log stderr;\npid "
                + folder.resolve("nginx.pid") + ";\nevents {}\n";
    }

    void dovecot(String text) throws IOException {
        Command.require("doveconf");
        succeeds(List.of("doveconf", "-n", "-c", write("dovecot.conf", text).toString()));
    }

    /** A drop-in of the packaged unit, whose program is not installed here. */
    void systemd(String text) throws IOException {
        Command.require("systemd-analyze");
        Path units = Files.createDirectories(stage.folder().resolve("units"));
        Files.createDirectories(units.resolve("imap-notify-proxy.service.d"));
        Path unit = units.resolve("imap-notify-proxy.service");
        String packaged = Files.readString(Folders.PROJECT.resolve("packaging/systemd/imap-notify-proxy.service"));
        Files.writeString(unit, packaged.replace("/usr/bin/imap-notify-proxy", "/bin/true"));
        Files.writeString(units.resolve("imap-notify-proxy.service.d/local.conf"), text);
        Command verified = succeeds(List.of(
                "env", "SYSTEMD_UNIT_PATH=" + units + ":", "systemd-analyze", "--man=no", "verify", unit.toString()));
        assertThat(verified.output()).doesNotContain("Unknown", "imap-notify-proxy.service.d");
    }

    /** The jail beside fail2ban's own files, and its stock filter on the proxy's line as it stands in a file. */
    void jail(String text) throws IOException {
        Command.require("fail2ban-client");
        Path etc = stage.folder().resolve("fail2ban");
        succeeds(List.of("cp", "-r", "/etc/fail2ban", etc.toString()));
        Files.deleteIfExists(etc.resolve("jail.d/defaults-debian.conf"));
        Path log = write("imap-notify-proxy.log", refused());
        write("fail2ban/jail.d/imap-notify-proxy.conf", text.replace("/var/log/imap-notify-proxy.log", log.toString()));
        succeeds(List.of("fail2ban-client", "-c", etc.toString(), "-t"));
        matchesOnce(log, "dovecot");
    }

    void filter(String text) throws IOException {
        Command.require("fail2ban-regex");
        Path filter = write("filter.conf", text);
        matchesOnce(
                write("journal.log", "2026-01-31T12:00:00.000 host imap-notify-proxy[7]: " + refused()),
                filter.toString());
        matchesOnce(write("file.log", refused()), filter.toString());
    }

    /** What the proxy logs of a login that the server has refused. */
    private String refused() {
        try (ImapTestClient client = ImapTestClient.connect(stage.proxy().port())) {
            client.completed(client.send("LOGIN user6 wrong"), "NO");
        }
        await().until(() -> stage.proxy().output().contains("auth failed"));
        return stage.proxy()
                        .output()
                        .lines()
                        .filter(line -> line.contains("auth failed"))
                        .findFirst()
                        .orElseThrow()
                + "\n";
    }

    private void matchesOnce(Path log, String filter) {
        assertThat(succeeds(List.of("fail2ban-regex", log.toString(), filter)).output())
                .contains("1 lines, 0 ignored, 1 matched, 0 missed");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(stage.folder().resolve(name), text);
    }

    private Command succeeds(List<String> words) {
        Command command = Command.run(stage.folder(), PATIENCE, words);
        assertThat(command.exitCode()).as("%s%n%s", words, command.output()).isZero();
        return command;
    }
}
