package org.imapnotify.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.imapnotify.netty.InvalidOptionException;

/** Traces as files of one folder, a file for each. Files are written on a thread of their own: a slow disk holds up no mail. */
final class TraceFolder implements TraceOutput {
    static final String KEY = "log-trace-folder";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 64;

    private final Path folder;
    private final long mostOctets;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "trace");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, TraceFile> open = new ConcurrentHashMap<>();

    /** @param mostOctets of one file */
    TraceFolder(Path folder, long mostOctets) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new InvalidOptionException(KEY, folder, "a folder that the proxy may write to");
        }
        this.folder = folder;
        this.mostOctets = mostOctets;
    }

    @Override
    public Begun begin(String user, Duration time) {
        end(user);
        Path path = folder.resolve("trace-" + asFileName(user) + "-" + STAMP.format(Instant.now()) + ".log");
        try {
            TraceFile file = new TraceFile(path, mostOctets, writer);
            open.put(user, file);
            writer.schedule(() -> over(user, file), time.toMillis(), TimeUnit.MILLISECONDS);
            return new Begun(file, path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no trace can be written to " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void end(String user) {
        TraceFile file = open.remove(user);
        if (file != null) {
            file.close();
        }
    }

    private void over(String user, TraceFile file) {
        open.remove(user, file);
        file.close();
    }

    /** Nobody's name leaves the folder or hides a file. */
    private static String asFileName(String user) {
        String safe = user.replaceAll("[^A-Za-z0-9@._-]", "_");
        return safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    }
}
