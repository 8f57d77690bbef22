package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** But for NOTIFY a client sees Dovecot, and every way of logging in that the proxy reads leads to a watched account. */
class TransparencyIT {
    private static final String USER = "user6";

    private static LegacyServer dovecot;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        proxy = ProxyProcess.before(dovecot);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void offersWhatTheUpstreamOffersAndNotify() {
        for (boolean loggedIn : new boolean[] {false, true}) {
            Set<String> expected = offered(dovecot.port(), loggedIn);
            expected.add("NOTIFY");
            if (loggedIn) {
                expected.add("COMPRESS=DEFLATE");
            }
            assertThat(offered(proxy.port(), loggedIn)).isEqualTo(expected);
        }
    }

    @Test
    void offersNoMoreThanABareUpstreamHas() {
        LegacyServer bare = LegacyServer.shared(Variant.DOVECOT_BARE);
        try (ProxyProcess before = ProxyProcess.before(bare)) {
            Set<String> offered = offered(before.port(), true);
            assertThat(offered).contains("NOTIFY");
            // The proxy offers IDLE and compression of its own.
            offered.removeAll(List.of("NOTIFY", "IDLE", "COMPRESS=DEFLATE"));
            assertThat(offered).isEqualTo(offered(bare.port(), true));
        }
    }

    @Test
    void tellsTheNewCapabilitiesWhereDovecotTellsThem() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            List<String> responses = client.ok("LOGIN " + USER + " pass");
            assertThat(responses.get(responses.size() - 1)).matches("t1 OK \\[CAPABILITY IMAP4rev1 .* NOTIFY.*\\] .*");
        }
    }

    @Test
    void watchesAfterLoginWithQuotedStrings() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.ok("LOGIN \"" + USER + "\" \"pass\"");
            assertWatched(client);
        }
    }

    @Test
    void watchesAfterLoginWithLiterals() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.raw("x LOGIN {5}\r\n");
            client.expect("\\+ .*");
            client.raw(USER + " {4}\r\n");
            client.expect("\\+ .*");
            client.raw("pass\r\n");
            client.completed("x", "OK");
            assertWatched(client);
        }
    }

    @Test
    void watchesAfterLoginWithNonSynchronisingLiterals() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.raw("x LOGIN {5+}\r\n" + USER + " {4+}\r\npass\r\n");
            client.completed("x", "OK");
            assertWatched(client);
        }
    }

    @Test
    void watchesAfterAuthenticatePlainWithInitialResponse() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.ok("AUTHENTICATE PLAIN " + plain());
            assertWatched(client);
        }
    }

    @Test
    void watchesAfterAuthenticatePlainWithoutInitialResponse() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            String tag = client.send("AUTHENTICATE PLAIN");
            client.expect("\\+.*");
            client.raw(plain() + "\r\n");
            client.completed(tag, "OK");
            assertWatched(client);
        }
    }

    @Test
    void forwardsMechanismsItDoesNotRead() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            String tag = client.send("AUTHENTICATE LOGIN");
            client.expect("\\+.*");
            client.raw(base64(USER) + "\r\n");
            client.expect("\\+.*");
            client.raw(base64("pass") + "\r\n");
            client.completed(tag, "OK");
            client.ok("SELECT INBOX");
        }
    }

    @Test
    void forwardsARefusedLoginAsItIs() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            assertThat(answer(client, "LOGIN " + USER + " wrong"))
                    .isEqualTo("same NO [AUTHENTICATIONFAILED] Authentication failed.");
            client.ok("LOGIN " + USER + " pass");
            assertWatched(client);
        }
    }

    @Test
    void forwardsRefusalsAsTheyAre() {
        try (ImapTestClient viaProxy = ImapTestClient.loggedIn(proxy.port(), USER);
                ImapTestClient direct = ImapTestClient.loggedIn(dovecot.port(), USER)) {
            for (String command :
                    List.of("FROBNICATE 1", "SELECT", "SELECT missing", "STATUS INBOX ()", "FETCH 1 ALL")) {
                assertThat(answer(viaProxy, command)).isEqualTo(answer(direct, command));
            }
        }
    }

    @Test
    void pipelinedCommandsBehindLoginAreAllAnswered() {
        try (ImapTestClient client = ImapTestClient.connect(proxy.port())) {
            client.raw("a LOGIN " + USER + " pass\r\nb CREATE pipe\r\nc APPEND pipe {5+}\r\nx: y\n\r\n"
                    + "d SELECT pipe\r\ne FETCH 1 (UID)\r\nf LOGOUT\r\n");
            client.completed("a", "OK");
            client.expect("b (OK|NO).*");
            client.completed("c", "OK");
            client.completed("d", "OK");
            client.expect("\\* 1 FETCH \\(UID 1\\)");
            client.completed("e", "OK");
            client.expect("\\* BYE .*");
            client.completed("f", "OK");
            client.expectClosed(ImapTestClient.PATIENCE);
        }
    }

    @Test
    void idleWorksAsBefore() {
        try (ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), USER);
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), USER)) {
            String box = fresh(writer);
            client.ok("SELECT " + box);
            String idle = client.send("IDLE");
            client.expect("\\+ .*");
            writer.append(box, Messages.withSubject("idle"));
            client.expect("\\* 1 EXISTS");
            client.raw("DONE\r\nz NOOP\r\n");
            client.completed(idle, "OK");
            client.completed("z", "OK");
        }
    }

    @Test
    void refusesPlainTextLoginFromOtherMachinesUnlessAllowed() {
        InetAddress address = outwardAddress().orElseGet(() -> Assumptions.abort("no address but loopback here"));
        try (ProxyProcess strict = ProxyProcess.before(dovecot, "--listen", address.getHostAddress() + ":0");
                ImapTestClient client = ImapTestClient.connect(address, strict.secondPort())) {
            assertThat(client.ok("CAPABILITY").get(0))
                    .contains(" LOGINDISABLED")
                    .doesNotContain("AUTH=PLAIN");
            client.completed(client.send("LOGIN " + USER + " pass"), "NO [PRIVACYREQUIRED]");
            client.completed(client.send("AUTHENTICATE PLAIN " + plain()), "NO [PRIVACYREQUIRED]");
        }
        try (ProxyProcess lax = ProxyProcess.before(
                        dovecot, "--listen", address.getHostAddress() + ":0", "--allow-plaintext-auth");
                ImapTestClient client = ImapTestClient.connect(address, lax.secondPort())) {
            client.ok("LOGIN " + USER + " pass");
        }
    }

    /** That a mailbox nobody has selected is reported takes a watch connection, thus credentials the proxy has read. */
    private static void assertWatched(ImapTestClient client) {
        try (ImapTestClient writer = ImapTestClient.loggedIn(dovecot.port(), USER)) {
            String box = fresh(writer);
            client.ok("NOTIFY SET (mailboxes " + box + " (MessageNew MessageExpunge))");
            writer.append(box, Messages.withSubject("watched"));
            client.expect("\\* STATUS " + box + " \\(MESSAGES 1 .*");
        }
    }

    private static String fresh(ImapTestClient writer) {
        String box = "box-" + UUID.randomUUID();
        writer.ok("CREATE " + box);
        return box;
    }

    private static String answer(ImapTestClient client, String command) {
        client.raw("same " + command + "\r\n");
        // Dovecot ends some answers with the time they took.
        return client.expect("same .*").text().replaceAll(" \\([0-9.+ secs]*\\)\\.?$", "");
    }

    private static Set<String> offered(int port, boolean loggedIn) {
        try (ImapTestClient client = loggedIn ? ImapTestClient.loggedIn(port, USER) : ImapTestClient.connect(port)) {
            String line = client.ok("CAPABILITY").get(0);
            return new TreeSet<>(
                    Arrays.asList(line.substring("* CAPABILITY ".length()).split(" ", -1)));
        }
    }

    private static Optional<InetAddress> outwardAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static String plain() {
        return base64("\0" + USER + "\0pass");
    }

    private static String base64(String octets) {
        return Base64.getEncoder().encodeToString(octets.getBytes(ISO_8859_1));
    }
}
