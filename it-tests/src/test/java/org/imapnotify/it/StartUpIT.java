package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.it.bench.Relay;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start costs, from the process to the line that says "listening", in the processor's time and beside a program in the same
 * JVM that does no more than open a port with Netty: what a clock says on a machine that runs other tests says nothing of the
 * program. Of several starts the cheapest counts. The clock's times are printed all the same.
 */
class StartUpIT {
    /** 1.9 to 2.2 when it was written. */
    private static final double MOST_WITHOUT_ARCHIVE = 2.8;
    /** 1.2 to 1.4 when it was written. */
    private static final double MOST_WITH_ARCHIVE = 1.9;

    private static final int STARTS = 5;
    private static final String TESTS =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final List<String> PROXY = List.of(
            "org.imapnotify.app.Main",
            "run",
            "--upstream=imap://127.0.0.1:1",
            "--listen=127.0.0.1:0",
            "--management=127.0.0.1:0");
    private static final List<String> BARE = List.of(Relay.class.getName(), "1");

    @TempDir
    private static Path folder;

    private static String archive;

    /** What it took until it listened. */
    private record Cost(Duration processor, Duration clock) {
        double over(Cost other) {
            return (double) processor.toNanos() / other.processor.toNanos();
        }

        @Override
        public String toString() {
            return processor.toMillis() + " ms of the processor, " + clock.toMillis() + " ms by the clock";
        }
    }

    @BeforeAll
    static void archive() throws Exception {
        archive = folder.resolve("classes.jsa").toString();
        start("-XX:ArchiveClassesAtExit=" + archive, PROXY);
        assertThat(Path.of(archive)).isNotEmptyFile();
    }

    /** The compiler's own threads would be most of the noise: what they do depends on when they get to it. */
    private static List<String> java(String flag, List<String> program) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:cds=off,cds+dynamic=off",
                flag,
                "-cp",
                ProxyProcess.jar() + File.pathSeparator + TESTS));
        words.addAll(program);
        return words;
    }

    private static Cost start(String flag, List<String> program) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(java(flag, program))
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("listening ")) {
                    Duration clock = Duration.ofNanos(System.nanoTime() - began);
                    Duration processor = process.info().totalCpuDuration().orElseThrow();
                    process.toHandle().destroy(); // a Process would close what it has still to say
                    lines.transferTo(java.io.Writer.nullWriter());
                    process.waitFor();
                    return new Cost(processor, clock);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        throw new AssertionError("it never listened: " + said);
    }

    private static Cost cheaper(Cost one, Cost other) {
        return one.processor.compareTo(other.processor) <= 0 ? one : other;
    }

    @Test
    void aStartCostsLittleMoreThanNettyDoes() throws Exception {
        String none = "-Xshare:auto";
        String with = "-XX:SharedArchiveFile=" + archive;
        Cost bare = start(none, BARE);
        Cost proxy = start(none, PROXY);
        Cost archived = start(with, PROXY);
        for (int i = 1; i < STARTS; i++) {
            bare = cheaper(bare, start(none, BARE));
            proxy = cheaper(proxy, start(none, PROXY));
            archived = cheaper(archived, start(with, PROXY));
        }
        System.out.printf("[it] start of a bare relay: %s%n", bare);
        System.out.printf("[it] start of the proxy: %s (%.2f)%n", proxy, proxy.over(bare));
        System.out.printf("[it] start with the class-data archive: %s (%.2f)%n", archived, archived.over(bare));
        assertThat(proxy.over(bare)).isLessThan(MOST_WITHOUT_ARCHIVE);
        assertThat(archived.over(bare)).isLessThan(MOST_WITH_ARCHIVE);
    }
}
