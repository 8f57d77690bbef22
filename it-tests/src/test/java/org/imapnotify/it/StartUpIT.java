package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start costs, with a class-data archive as launcher, package and image have one. The bound is on the processor's time, twice
 * and more what a slow machine takes: what a clock says on a machine that runs other tests says nothing of the program. It is
 * printed all the same.
 */
class StartUpIT {
    private static final double MOST_CPU_SECONDS = 4;
    private static final Pattern TIMES = Pattern.compile("(?m)^times ([0-9.]+) ([0-9.]+) ([0-9.]+)$");

    @TempDir
    private static Path folder;

    private final String archive = folder.resolve("classes.jsa").toString();

    private static String java(String flags) {
        return Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:+UseSerialGC -XX:-UsePerfData " + flags
                + " -jar " + ProxyProcess.jar() + " ";
    }

    /** A start to the line that says "listening" and an end by SIGTERM, since what a process took is known when it is over. */
    private static String startAndEnd(String flags) {
        return "coproc P { exec " + java(flags)
                + "run --upstream imap://127.0.0.1:1 --listen 127.0.0.1:0 --management off 2>&1; };"
                + " pid=$P_PID; while read -r -u \"${P[0]}\" said; do"
                + " case $said in *' listening '*) kill -TERM \"$pid\";; esac; done;"
                + " wait \"$pid\"";
    }

    /** Runs a line of bash; gives the processor's seconds. */
    private static double cpu(String what, String line) {
        Command run = Command.run(
                folder,
                Duration.ofSeconds(60),
                List.of("bash", "-c", "TIMEFORMAT='times %R %U %S'; time { " + line + "; }"));
        Matcher times = TIMES.matcher(run.output());
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(times.find()).as(run.output()).isTrue();
        double cpu = Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(3));
        System.out.printf("[it] %s: %.2f s of the processor, %s s by the clock%n", what, cpu, times.group(1));
        return cpu;
    }

    @BeforeEach
    void archive() {
        cpu("a start that makes the archive", startAndEnd("-XX:ArchiveClassesAtExit=" + archive));
        assertThat(Path.of(archive)).isNotEmptyFile();
    }

    @Test
    void theFirstLineComesSoonWithTheArchiveAndNotMuchLaterWithout() {
        String with = "-XX:SharedArchiveFile=" + archive;
        assertThat(cpu("--version", java(with) + "--version")).isLessThan(MOST_CPU_SECONDS);
        assertThat(cpu("start to end", startAndEnd(with))).isLessThan(MOST_CPU_SECONDS);
        cpu("start to end without the archive", startAndEnd("-Xshare:auto"));
    }
}
