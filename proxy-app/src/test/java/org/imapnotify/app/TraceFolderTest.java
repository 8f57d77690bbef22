package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.imapnotify.netty.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFolderTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Queue<Runnable> writes = new ArrayDeque<>();

    @TempDir
    private Path folder;

    private void write() {
        while (!writes.isEmpty()) {
            writes.remove().run();
        }
    }

    @Test
    void aFileEndsAtItsSize() throws IOException {
        Path path = folder.resolve("trace");
        TraceFile file = new TraceFile(path, 100, writes::add);
        for (int i = 0; i < 10; i++) {
            file.accept("line " + i);
        }
        write();
        assertThat(Files.readString(path))
                .contains(" line 0\n", " line 2\n")
                .doesNotContain(" line 3")
                .endsWith("[the trace is as large as it may get]\n");
    }

    @Test
    void aDiskThatIsSlowLosesLinesAndNotMemory() throws IOException {
        Path path = folder.resolve("trace");
        TraceFile file = new TraceFile(path, 1 << 20, writes::add);
        for (int i = 0; i < 10_005; i++) {
            file.accept("x");
        }
        assertThat(writes).hasSize(10_000);
        write();
        file.accept("last");
        file.close();
        file.accept("behind the end");
        write();
        assertThat(Files.readString(path)).startsWith("[5 lines left out]\n").endsWith(" last\n");
    }

    @Test
    void aUsersNameIsNoPath() {
        TraceFolder traces = new TraceFolder(folder, 1000);
        String place = traces.begin("../../etc/\n\u202epasswd", HOUR).place();
        assertThat(Path.of(place)).exists().hasParent(folder);
        assertThat(place).contains("trace-.._.._etc___passwd-");
        String other = traces.begin("x".repeat(1000), HOUR).place();
        assertThat(Path.of(other)).exists();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
        assertThatThrownBy(() -> new TraceFolder(folder.resolve("none"), 1000))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("log-trace-folder: ");
        Path gone = Files.createDirectory(folder.resolve("gone"));
        TraceFolder traces = new TraceFolder(gone, 1000);
        Files.delete(gone);
        assertThatThrownBy(() -> traces.begin("ann", HOUR))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(gone.toString());
    }
}
