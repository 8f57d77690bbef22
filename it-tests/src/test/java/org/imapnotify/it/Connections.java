package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts TCP connections as the kernel sees them, which no accounting of a server's or the proxy's own can blur. */
final class Connections {
    private static final String ESTABLISHED = "01";

    private Connections() {}

    /** Established connections that the process has to a server's port on this machine. */
    static long from(long pid, int serverPort) {
        Set<String> sockets = sockets(pid);
        return rows().filter(row -> row.state().equals(ESTABLISHED))
                .filter(row -> row.remotePort() == serverPort && sockets.contains(row.inode()))
                .count();
    }

    private static Set<String> sockets(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors
                    .map(Connections::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Stream<Row> rows() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream().skip(1).map(Row::parse));
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of proc_net_tcp(5): sl local remote state queues timer retransmits uid timeout inode. */
    private record Row(int remotePort, String state, String inode) {
        static Row parse(String line) {
            List<String> fields = List.of(line.strip().split("\\s+", -1));
            String remote = fields.get(2);
            int port = Integer.parseInt(remote.substring(remote.lastIndexOf(':') + 1), 16);
            return new Row(port, fields.get(3), fields.get(9));
        }
    }
}
