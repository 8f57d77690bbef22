package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A proxy with little memory carries what is larger than its memory, and many commands at once. */
class BigLiteralIT {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS = 100;
    private static final int COMMANDS = 10_000;

    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        LegacyServer dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        proxy = ProxyProcess.start(
                List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"),
                "imap://" + LegacyServer.HOST + ":" + dovecot.port());
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void carriesAHundredMebibytesBothWaysOctetForOctet() throws IOException {
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user5")) {
            client.ok("CREATE big");
            String tag = client.send("APPEND big {" + (long) CHUNK * CHUNKS + "}");
            client.expect("\\+ .*");
            String sent = sendMessage(client);
            client.raw("\r\n");
            client.completed(tag, "OK");

            client.ok("SELECT big");
            String fetch = client.send("FETCH 1 (BODY.PEEK[])");
            String received = receiveLiteral(client);
            client.completed(fetch, "OK");
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void answersTenThousandPipelinedCommandsInOrder() {
        try (ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user5")) {
            byte[] commands = IntStream.range(0, COMMANDS)
                    .mapToObj(i -> "n" + i + " NOOP\r\n")
                    .collect(Collectors.joining())
                    .getBytes(ISO_8859_1);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> client.write(commands));
            for (int i = 0; i < COMMANDS; i++) {
                assertThat(client.next(ImapTestClient.PATIENCE).text()).startsWith("n" + i + " OK");
            }
            writing.join();
        }
    }

    /** Lines of random letters: Dovecot stores line ends as it sees fit, so all of them are CRLF. */
    private static String sendMessage(ImapTestClient client) {
        MessageDigest digest = sha256();
        Random random = new Random(5465);
        for (int i = 0; i < CHUNKS; i++) {
            byte[] chunk = chunk(random, i == 0 ? "Subject: big\r\n\r\n" : "");
            digest.update(chunk);
            client.write(chunk);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] chunk(Random random, String head) {
        byte[] chunk = new byte[CHUNK];
        random.nextBytes(chunk);
        for (int i = 0; i < chunk.length; i++) {
            int column = i & 63;
            chunk[i] = (byte) (column == 62 ? '\r' : column == 63 ? '\n' : 'A' + (chunk[i] & 15));
        }
        byte[] start = head.getBytes(ISO_8859_1);
        System.arraycopy(start, 0, chunk, 0, start.length);
        return chunk;
    }

    private static String receiveLiteral(ImapTestClient client) throws IOException {
        InputStream in = client.octets();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("* 1 FETCH (BODY[] {" + (long) CHUNK * CHUNKS + "}");
        MessageDigest digest = sha256();
        for (int i = 0; i < CHUNKS; i++) {
            digest.update(in.readNBytes(CHUNK));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
