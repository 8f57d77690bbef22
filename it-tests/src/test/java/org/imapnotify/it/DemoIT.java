package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first command of a new user. */
class DemoIT {
    private static final String LAUNCHER = "./imap-notify-proxy";

    @Test
    void demoEndsByItselfInTwentySecondsAndIsAsPictured() throws IOException {
        // Whatever the launcher has to build first is no part of the demonstration.
        Command version = Command.run(Folders.PROJECT, Duration.ofMinutes(3), List.of(LAUNCHER, "--version"));
        assertThat(version.exitCode()).as(version.output()).isZero();

        Command demo = Command.run(Folders.PROJECT, Duration.ofSeconds(60), List.of(LAUNCHER, "demo"));
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("NOTIFY SET").contains("* STATUS ").contains(" EXISTS");
        assertThat(demo.took()).as(demo.output()).isLessThan(Duration.ofSeconds(20));
        compareWithPicture(DemoPicture.of(demo.output()));
    }

    /** README's picture is of a real run; {@code -Dimapnotify.write=true} makes it anew. */
    private static void compareWithPicture(String picture) throws IOException {
        Path file = Folders.PROJECT.resolve("docs/demo.svg");
        if (Boolean.getBoolean("imapnotify.write")) {
            Files.writeString(file, picture);
        }
        assertThat(picture).isEqualTo(Files.readString(file));
    }
}
