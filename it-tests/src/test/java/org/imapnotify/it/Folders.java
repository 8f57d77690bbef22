package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie; Failsafe runs with the module's folder as working directory. */
final class Folders {
    static final Path MODULE = Path.of("").toAbsolutePath();
    static final Path SERVERS = MODULE.resolve("servers");
    static final Path TARGET = MODULE.resolve("target");
    static final Path PROJECT = MODULE.resolve("..").normalize();
    static final Path GREENMAIL_JAR = TARGET.resolve("servers/greenmail-standalone.jar");

    private Folders() {}

    /** A short path: a Unix socket below it must fit into 107 octets. */
    static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(Path.of("/tmp"), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what can be deleted; a server that is just ending may still remove files itself. */
    static void delete(Path folder) {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        for (Path path : paths) {
            if (!path.toFile().delete() && Files.exists(path)) {
                System.out.println("[it] could not delete " + path);
            }
        }
    }
}
