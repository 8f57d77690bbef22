package org.imapnotify.it;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what the proxy and its server say to each other, for whoever looks for the cause of a failure: a file for each connection. */
final class WireLog {
    private static final int LONGEST = 400;

    private final Path folder;
    private final AtomicInteger connections = new AtomicInteger();
    private final long start = System.nanoTime();

    WireLog(Path folder) {
        this.folder = folder;
    }

    /** For a connection that the proxy has just made. */
    Relay.Ear ear() {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("wire-" + connections.incrementAndGet() + ".log");
            PrintStream log = new PrintStream(Files.newOutputStream(file), true);
            MessageCutter fromProxy = new MessageCutter(line -> write(log, "C: ", line));
            MessageCutter fromServer = new MessageCutter(line -> write(log, "S: ", line));
            return (byProxy, octets, count) -> (byProxy ? fromProxy : fromServer).take(octets, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(PrintStream log, String who, String line) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        log.println(millis + " " + who + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line));
    }
}
