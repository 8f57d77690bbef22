package org.imapnotify.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The docker command as operators use it. Images are built from what the engine has; no registry has to be there. */
final class Docker {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Docker() {}

    /** Skips the test, and says why, where there is no engine; {@code verify} starts one where it can. */
    static void require() {
        Optional<String> obstacle = Engine.obstacle();
        obstacle.ifPresent(why -> System.out.println("[it] no images are built: " + why));
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no images are built: " + obstacle.orElse(""));
        Command.require("docker");
    }

    /** The Debian that images are built from: the one {@code verify} made, else a registry's. */
    static String base() {
        return Optional.ofNullable(System.getenv("IMAPNOTIFY_BASE_IMAGE")).orElse("debian:12");
    }

    /** @return what it took */
    static Duration build(String tag, String file, String context, String argument) {
        return run("build", "--network=host", "--build-arg", argument + "=" + base(), "-t", tag, "-f", file, context)
                .took();
    }

    /** Runs a docker command that has to succeed. */
    static Command run(String... words) {
        Command command = tried(words);
        if (command.exitCode() != 0) {
            throw new AssertionError(String.join(" ", words) + "\n" + command.output());
        }
        return command;
    }

    static Command tried(String... words) {
        List<String> line = new ArrayList<>(Stream.of("docker").toList());
        line.addAll(List.of(words));
        return Command.run(Folders.PROJECT, PATIENCE, line);
    }

    /** One value of {@code docker inspect}. */
    static String inspect(String what, String format) {
        return run("inspect", "--format", "{{" + format + "}}", what).output().strip();
    }
}
