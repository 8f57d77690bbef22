package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by token (XOAUTH2, and OAUTHBEARER of RFC 7628) at a Dovecot that asks a token service about each. */
class OAuthIT {
    @TempDir
    private static Path folder;

    private static TokenService tokens;
    private static LocalServer dovecot;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        tokens = new TokenService();
        dovecot = LocalServer.start(Variant.DOVECOT_LEGACY, Map.of("EXTRA_CONF", """
                        auth_mechanisms = plain xoauth2 oauthbearer
                        passdb {
                          driver = oauth2
                          mechanisms = xoauth2 oauthbearer
                          args = %s
                        }
                        """.formatted(settings())));
        proxy = ProxyProcess.before(dovecot);
    }

    private static Path settings() {
        try {
            return Files.writeString(folder.resolve("oauth2.conf.ext"), """
                    introspection_url = %s
                    introspection_mode = get
                    username_attribute = username
                    active_attribute = active
                    active_value = true
                    """.formatted(tokens.url()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        dovecot.close();
        tokens.close();
    }

    @ParameterizedTest
    @CsvSource({"XOAUTH2,true", "XOAUTH2,false", "OAUTHBEARER,true", "OAUTHBEARER,false"})
    void aTokenLogsInAndWatches(String mechanism, boolean initialResponse) throws IOException {
        String user = (mechanism + initialResponse).toLowerCase(Locale.ROOT); // as Dovecot has all users
        String token = "good." + user;
        tokens.issue(token, user);
        try (ProxyProcess own = ProxyProcess.before(dovecot);
                ImapTestClient client = ImapTestClient.connect(own.port())) {
            client.completed(authenticate(client, mechanism, user, token, initialResponse), "OK");
            assertNotified(client);
            assertThat(Connections.from(own.pid(), dovecot.port())).isGreaterThan(1);
            assertThat(dovecot.logins(user)).hasSizeGreaterThan(1).containsOnly(mechanism);
            assertThat(own.output()).doesNotContain(token, base64(token));
        }
    }

    /** The server says what is wrong in a challenge that the client has to answer; the connection goes on behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
    void aRefusalHasARoundOfItsOwn(String mechanism) {
        tokens.issue("good.ann", "ann");
        List<String> direct = refused(dovecot.port(), mechanism);
        assertThat(direct.get(0)).contains("\"status\"");
        assertThat(refused(proxy.port(), mechanism)).isEqualTo(direct);
    }

    private static List<String> refused(int port, String mechanism) {
        try (ImapTestClient client = ImapTestClient.connect(port)) {
            List<String> said = new ArrayList<>();
            for (boolean initialResponse : new boolean[] {true, false}) {
                String tag = authenticate(client, mechanism, "ann", "bad.token", initialResponse);
                said.add(decoded(client.expect("\\+ .*").text()));
                client.raw((mechanism.equals("XOAUTH2") ? "" : "AQ==") + "\r\n");
                said.addAll(client.completed(tag, "NO"));
            }
            String cancelled = authenticate(client, mechanism, "ann", "bad.token", true);
            client.expect("\\+ .*");
            client.raw("*\r\n");
            said.add(client.expect(cancelled + " .*").text());
            client.completed(authenticate(client, mechanism, "ann", "good.ann", true), "OK");
            client.ok("NOOP");
            return said;
        }
    }

    /** A token that has expired since is tried once and not again; the session looks itself. */
    @Test
    void withAnExpiredTokenTheSessionLooksItself() throws IOException {
        tokens.issue("short.bea", "bea");
        try (ProxyProcess own = ProxyProcess.before(dovecot);
                ImapTestClient client = ImapTestClient.connect(own.port());
                ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), "bea")) {
            client.completed(authenticate(client, "XOAUTH2", "bea", "short.bea", true), "OK");
            tokens.expire("short.bea");
            assertNotified(client);
            for (int i = 0; i < 3; i++) {
                writer.append("other", Messages.withSubject("news"));
                client.expect("\\* STATUS other \\(MESSAGES " + (i + 1) + " .*");
            }
            assertThat(Connections.from(own.pid(), dovecot.port())).isEqualTo(1);
            assertThat(tokens.asked("short.bea"))
                    .as("by the client and once by the watcher")
                    .isEqualTo(2);

            tokens.issue("fresh.bea", "bea");
            try (ImapTestClient fresh = ImapTestClient.connect(own.port())) {
                fresh.completed(authenticate(fresh, "XOAUTH2", "bea", "fresh.bea", true), "OK");
                assertNotified(fresh);
                assertThat(Connections.from(own.pid(), dovecot.port())).isGreaterThan(2);
            }
            assertThat(tokens.asked("short.bea")).isEqualTo(2);
        }
    }

    private static String authenticate(
            ImapTestClient client, String mechanism, String user, String token, boolean initialResponse) {
        String message = base64(
                mechanism.equals("XOAUTH2")
                        ? "user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001"
                        : "n,a=" + user + ",\u0001auth=Bearer " + token + "\u0001\u0001");
        if (initialResponse) {
            return client.send("AUTHENTICATE " + mechanism + " " + message);
        }
        String tag = client.send("AUTHENTICATE " + mechanism);
        client.expect("\\+ ?");
        client.raw(message + "\r\n");
        return tag;
    }

    private static void assertNotified(ImapTestClient client) {
        client.expect(client.send("CREATE other") + " .*");
        assertThat(client.ok("NOTIFY SET STATUS (mailboxes other (MessageNew MessageExpunge))"))
                .anySatisfy(line -> assertThat(line).startsWith("* STATUS other (MESSAGES "));
    }

    private static String decoded(String challenge) {
        return new String(Base64.getDecoder().decode(challenge.substring(2)), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
