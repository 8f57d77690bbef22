package org.imapnotify.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** Whether a Docker engine answers; asked once. */
final class Engine {
    private static final Optional<String> OBSTACLE = look();

    private Engine() {}

    /** Why containers are not used; empty when they are. */
    static Optional<String> obstacle() {
        return OBSTACLE;
    }

    private static Optional<String> look() {
        if ("off".equals(System.getenv("IMAPNOTIFY_DOCKER"))) {
            return Optional.of("IMAPNOTIFY_DOCKER is off");
        }
        if (System.getenv("DOCKER_HOST") == null && Files.notExists(Path.of("/var/run/docker.sock"))) {
            return Optional.of("no Docker engine: neither DOCKER_HOST nor /var/run/docker.sock is there");
        }
        try {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("no Docker engine answers");
        } catch (RuntimeException e) {
            return Optional.of("no Docker engine answers: " + e.getMessage());
        }
    }
}
