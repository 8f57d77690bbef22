package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Debian's Prometheus with the shipped configuration and rules, scraping a proxy five times a second. */
record PrometheusServer(Prometheus asked, Path folder, Process process) implements AutoCloseable {
    /** Started, and it has scraped once. */
    static PrometheusServer scraping(ProxyProcess proxy) {
        Path folder = Prometheus.configuration(proxy.managementPort(), "200ms");
        int port = LegacyServer.freePort();
        try {
            Process process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            PrometheusServer server = new PrometheusServer(new Prometheus(port), folder, process);
            server.asked.awaitScrape();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        Folders.delete(folder);
    }
}
