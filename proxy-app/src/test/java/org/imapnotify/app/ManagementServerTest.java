package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private ManagementServer server;
    private boolean alive = true;
    private boolean ready = true;

    @BeforeEach
    void start() throws IOException {
        server = ManagementServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.open(
                new Metrics().registry(),
                () -> alive,
                () -> ready,
                () -> "{\"sessions\":[]}",
                new CommandEndpoint(Optional.empty(), Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + HostAndPort.format(server.address()) + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void livezFollowsTheEventLoops() throws Exception {
        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
        alive = false;
        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void readyzIsOffWhileDraining() throws Exception {
        assertThat(ask("GET", "/readyz").body()).isEqualTo("ready\n");
        ready = false;
        HttpResponse<String> draining = ask("GET", "/readyz");
        assertThat(draining.statusCode()).isEqualTo(503);
        assertThat(draining.body()).isEqualTo("draining\n");
    }

    @Test
    void theReadyCommandSaysTheSame() {
        String management = "--management=" + HostAndPort.format(server.address());
        PrintWriter err = new PrintWriter(new StringWriter());
        assertThat(Main.execute(err, "ready", management)).isZero();
        ready = false;
        assertThat(Main.execute(err, "ready", management)).isEqualTo(1);
    }

    @Test
    void headHasTheHeadersAlone() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/readyz");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("6");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = ask("GET", "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        assertThat(page.body().replace("http://www.w3.org/2000/svg", ""))
                .contains("api/status")
                .doesNotContain("://");
        assertThat(ask("GET", "/api/status").body()).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    void metricsComeInTheFormThatIsAskedFor() throws Exception {
        URI uri = URI.create("http://" + HostAndPort.format(server.address()) + "/metrics");
        HttpResponse<String> open = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Accept", "application/openmetrics-text; version=1.0.0; q=0.8, text/plain; q=0.5")
                        .build(),
                BodyHandlers.ofString());
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
        assertThat(ask("GET", "/metrics").body()).doesNotContain("# EOF");
    }

    @Test
    void nothingElseIsThereAndNothingCanBeSent() throws Exception {
        assertThat(ask("GET", "/index.html").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/metrics/x").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/metrics").headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
    }
}
