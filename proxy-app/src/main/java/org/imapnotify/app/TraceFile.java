package org.imapnotify.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One trace: a file that its owner alone can read, up to a size. Lines come from any thread and are written on one. */
final class TraceFile implements Consumer<String>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TraceFile.class);

    /** What may wait for the disk; more is left out, and the file says so. */
    private static final int MOST_WAITING = 10_000;

    private final Path path;
    private final Executor writer;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();
    private long octetsLeft;
    private @Nullable BufferedWriter file;

    /** @param writer one thread */
    TraceFile(Path path, long mostOctets, Executor writer) throws IOException {
        this.path = path;
        this.octetsLeft = mostOctets;
        this.writer = writer;
        this.file = new BufferedWriter(new OutputStreamWriter(
                Channels.newOutputStream(Files.newByteChannel(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))),
                StandardCharsets.UTF_8));
    }

    @Override
    public void accept(String line) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            leftOut.incrementAndGet();
            return;
        }
        String stamped = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line;
        writer.execute(() -> {
            int more = waiting.decrementAndGet();
            write(stamped, more == 0);
        });
    }

    /** What was accepted before is still written. */
    @Override
    public void close() {
        writer.execute(this::end);
    }

    private void write(String line, boolean flush) {
        BufferedWriter out = file;
        if (out == null) {
            return;
        }
        try {
            int missing = leftOut.getAndSet(0);
            if (missing > 0) {
                out.write("[" + missing + " lines left out]\n");
            }
            octetsLeft -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
            if (octetsLeft < 0) {
                out.write("[the trace is as large as it may get]\n");
                end();
                return;
            }
            out.write(line + "\n");
            if (flush) {
                out.flush();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void end() {
        try (BufferedWriter out = file) {
            file = null;
            if (out != null) {
                out.flush();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException cause) {
        file = null;
        LOGGER.atWarn().addKeyValue("file", path).addKeyValue("cause", cause).log("trace cannot be written");
    }
}
