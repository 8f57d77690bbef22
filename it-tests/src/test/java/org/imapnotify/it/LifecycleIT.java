package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Start, management and end of the process. */
class LifecycleIT {
    private static LegacyServer dovecot;

    @BeforeAll
    static void start() {
        dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
    }

    @Test
    void sigtermSaysByeToEveryClientAndExitsWithZero() {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot);
                ImapTestClient fresh = ImapTestClient.connect(proxy.port());
                ImapTestClient loggedIn = ImapTestClient.loggedIn(proxy.port(), "user8");
                ImapTestClient notified = ImapTestClient.loggedIn(proxy.port(), "user8");
                ImapTestClient idling = ImapTestClient.loggedIn(proxy.port(), "user8")) {
            notified.ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");
            idling.ok("SELECT INBOX");
            idling.send("IDLE");
            idling.expect("\\+ .*");
            proxy.terminate();
            for (ImapTestClient client : new ImapTestClient[] {fresh, loggedIn, notified, idling}) {
                client.expect("\\* BYE .*");
                client.close();
            }
            assertThat(proxy.awaitExit(Duration.ofSeconds(20)))
                    .as(proxy.output())
                    .isZero();
        }
    }

    @Test
    void managementPortAnswers() throws IOException, InterruptedException {
        try (ProxyProcess proxy = ProxyProcess.before(dovecot);
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user8")) {
            client.ok("NOTIFY SET (inboxes (MessageNew MessageExpunge))");
            assertThat(get(proxy, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(proxy, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(proxy, "/nothing").statusCode()).isEqualTo(404);
            HttpResponse<String> metrics = get(proxy, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body())
                    .containsPattern("(?m)^imapnotify_connections_active\\{[^}]*\\} 1\\.0$")
                    .containsPattern("(?m)^imapnotify_notify_sessions_active[^ ]* 1\\.0$")
                    .containsPattern("(?m)^imapnotify_commands_total\\{[^}]*command=\"notify\",result=\"ok\"\\} 1\\.0$")
                    .doesNotContain("user8");
        }
    }

    @Test
    void clientsAreToldWhenTheUpstreamIsAway() {
        int nobody = LegacyServer.freePort();
        try (ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + nobody);
                ImapTestClient client = ImapTestClient.open(proxy.port())) {
            client.expect("\\* BYE .*");
            client.expectClosed(ImapTestClient.PATIENCE);
        }
    }

    private static HttpResponse<String> get(ProxyProcess proxy, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.managementPort() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
