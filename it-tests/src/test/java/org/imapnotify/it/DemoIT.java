package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first command of a new user. */
class DemoIT {
    private static final String LAUNCHER = "./imap-notify-proxy";

    @Test
    void demoEndsByItselfInTwentySeconds() {
        // Whatever the launcher has to build first is no part of the demonstration.
        Command version = Command.run(Folders.PROJECT, Duration.ofMinutes(3), List.of(LAUNCHER, "--version"));
        assertThat(version.exitCode()).as(version.output()).isZero();

        Command demo = Command.run(Folders.PROJECT, Duration.ofSeconds(60), List.of(LAUNCHER, "demo"));
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("NOTIFY SET").contains("* STATUS ").contains(" EXISTS");
        assertThat(demo.took()).as(demo.output()).isLessThan(Duration.ofSeconds(20));
    }
}
