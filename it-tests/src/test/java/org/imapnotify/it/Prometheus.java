package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Prometheus, asked over HTTP. */
final class Prometheus {
    private static final Path SHIPPED = Folders.PROJECT.resolve("docker/prometheus");
    /** The target as shipped. */
    private static final String TARGET = "127.0.0.1:9143";

    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"]");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    Prometheus(int port) {
        this.port = port;
    }

    /** The shipped configuration and rules in a folder of their own, for this target, scraped this often. */
    static Path configuration(int managementPort, String interval) {
        Path folder = Folders.temporary("inp");
        try (Stream<Path> files = Files.list(SHIPPED)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace(TARGET, "127.0.0.1:" + managementPort)
                        .replace("scrape_interval: 15s", "scrape_interval: " + interval);
                Files.writeString(folder.resolve(file.getFileName()), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** The values of an expression now, one for each series. */
    List<Double> query(String expression) {
        String answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.startsWith("{\"status\":\"success\"")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return VALUE.matcher(answer)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }

    /** The one value of an expression. */
    double one(String expression) {
        List<Double> values = query(expression);
        if (values.size() != 1) {
            throw new AssertionError(expression + " has not one value but " + values);
        }
        return values.get(0);
    }

    /** Waits until the proxy was scraped, begun after now. */
    void awaitScrape() {
        double now = System.currentTimeMillis() / 1000.0;
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> one("timestamp(up{job=\"imap-notify-proxy\"})") > now
                        && one("up{job=\"imap-notify-proxy\"}") == 1);
    }

    String get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
