package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/**
 * A real systemd, as the manager of a user's services: it does for a unit what the system's does, and needs neither to be the first
 * process nor the system's bus. It has a /run of its own, in which it believes that the machine was started by systemd, and a
 * control group of its own.
 */
final class SystemdManager implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/lib/systemd/systemd");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Process manager;

    private SystemdManager(Path folder, Process manager) {
        this.folder = folder;
        this.manager = manager;
    }

    /** Starts one with these units; skips the test where that is not possible. */
    static SystemdManager start(Map<String, String> units) {
        Command.require("systemctl");
        Command.require("unshare");
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can make a name space for systemd");
        Path folder = Folders.temporary("isd");
        try {
            Files.createDirectory(
                    folder.resolve("run"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Map.Entry<String, String> unit : units.entrySet()) {
                Files.writeString(folder.resolve(unit.getKey()), unit.getValue());
            }
            SystemdManager started = new SystemdManager(folder, launch(folder));
            started.awaitSocket();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path folder) throws IOException {
        String script = "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system"
                + " && for tree in systemd unified .; do group=/sys/fs/cgroup/$tree/" + folder.getFileName()
                + "; mkdir $group 2>/dev/null && echo $$ 2>/dev/null >$group/cgroup.procs && break; done"
                + "; exec " + PROGRAM + " --user --log-target=console";
        ProcessBuilder builder = new ProcessBuilder("unshare", "--mount", "bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        environment(builder, folder);
        return builder.start();
    }

    private static void environment(ProcessBuilder builder, Path folder) {
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.environment().put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
        builder.environment().put("SYSTEMD_UNIT_PATH", folder + ":");
    }

    private void awaitSocket() throws IOException {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(folder.resolve("run/systemd/private")) || !manager.isAlive());
        } catch (ConditionTimeoutException e) {
            manager.destroyForcibly();
        }
        Assumptions.assumeTrue(
                manager.isAlive(), () -> "systemd does not start here: " + Folders.text(folder.resolve("log")));
    }

    /** What systemctl is told, and its end. */
    Command systemctl(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "-u",
                "DBUS_SESSION_BUS_ADDRESS",
                "XDG_RUNTIME_DIR=" + folder.resolve("run"),
                "systemctl",
                "--user",
                "--no-pager"));
        command.addAll(List.of(words));
        return Command.run(folder, PATIENCE, command);
    }

    /** One of the unit's properties, by {@code systemctl show}. */
    String property(String unit, String name) {
        return systemctl("show", unit, "--value", "--property=" + name).output().strip();
    }

    @Override
    public void close() {
        systemctl("exit");
        try {
            if (!manager.waitFor(20, TimeUnit.SECONDS)) {
                manager.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String tree : List.of("systemd", "unified", ".")) {
            Folders.delete(Path.of("/sys/fs/cgroup", tree).resolve(folder.getFileName()));
        }
        Folders.delete(folder);
    }
}
