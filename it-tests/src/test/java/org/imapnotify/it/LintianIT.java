package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Debian's own judge of packages. What it is told not to mind stands with its reason in packaging/deb/lintian-overrides. */
class LintianIT {
    private static final Path DEB = Folders.PROJECT.resolve("proxy-app/target/imap-notify-proxy.deb");

    @Test
    void hasNothingToSayOfThePackage() {
        Command.require("lintian");
        if (Files.notExists(DEB)) {
            throw new IllegalStateException(DEB + " is missing; a build without -Dqa=false makes it");
        }
        Command lintian = Command.run(
                Folders.PROJECT,
                Duration.ofMinutes(3),
                List.of("lintian", "--allow-root", "--fail-on", "error,warning", DEB.toString()));
        assertThat(lintian.exitCode()).as(lintian.output()).isZero();
    }
}
