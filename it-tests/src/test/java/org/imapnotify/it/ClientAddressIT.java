package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A load balancer says who the client is, and the proxy says it to Dovecot: in its log and its limits it is the client. */
class ClientAddressIT {
    /** Of one user from one address: a session and a watch connection, and no third. */
    private static final int LIMIT = 2;

    private static final String BALANCED = "127.0.0.1";

    private static LocalServer dovecot;
    private static int haproxyPort;

    @BeforeAll
    static void start() {
        haproxyPort = LegacyServer.freePort();
        dovecot = LocalServer.start(
                Variant.DOVECOT_LEGACY,
                Map.of("MAX_CONNECTIONS", Integer.toString(LIMIT), "EXTRA_CONF", """
                        haproxy_trusted_networks = 127.0.0.0/8
                        login_trusted_networks = 127.0.0.0/8
                        service imap-login {
                          inet_listener imap_haproxy {
                            address = 127.0.0.1
                            port = %d
                            haproxy = yes
                          }
                        }
                        """.formatted(haproxyPort)));
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @Test
    void byId() {
        assertSeen("user1", dovecot.port(), "--upstream-client-id");
    }

    @Test
    void byProxyHeaderOfVersionOne() {
        assertSeen("user2", haproxyPort, "--upstream-proxy-protocol", "v1");
    }

    @Test
    void byProxyHeaderOfVersionTwo() {
        assertSeen("user3", haproxyPort, "--upstream-proxy-protocol", "v2");
    }

    private static void assertSeen(String user, int port, String... arguments) {
        String[] all = concat(
                arguments,
                "--proxy-protocol",
                "required",
                "--proxy-protocol-from",
                BALANCED,
                "--allow-plaintext-auth",
                "--watch-connections",
                "1");
        try (ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + port, all);
                ImapTestClient one = balanced(proxy, "192.0.2.7");
                ImapTestClient two = balanced(proxy, "2001:db8::8")) {
            one.ok("LOGIN " + user + " pass");
            assertThat(one.ok("NOTIFY SET STATUS (inboxes (MessageNew MessageExpunge))"))
                    .anySatisfy(line -> assertThat(line).startsWith("* STATUS INBOX"));
            two.ok("LOGIN " + user + " pass"); // the third connection of this user
            assertThat(logins(user)).containsExactly("192.0.2.7", "192.0.2.7", "2001:db8::8");
        }
    }

    private static ImapTestClient balanced(ProxyProcess proxy, String address) {
        ImapTestClient client = ImapTestClient.open(proxy.port());
        boolean six = address.indexOf(':') >= 0;
        client.raw("PROXY " + (six ? "TCP6 " : "TCP4 ") + address + (six ? " 2001:db8::1" : " 192.0.2.1")
                + " 40000 143\r\n");
        client.expect("\\* OK .*");
        return client;
    }

    /** The addresses that this user has logged in from, as Dovecot says, in order. */
    private static List<String> logins(String user) {
        return Pattern.compile("Login: user=<" + user + ">, .*?rip=([^,]+),")
                .matcher(dovecot.log())
                .results()
                .map(login -> login.group(1))
                .toList();
    }

    private static String[] concat(String[] arguments, String... more) {
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
