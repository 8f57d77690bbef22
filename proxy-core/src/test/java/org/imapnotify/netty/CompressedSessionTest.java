package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COMPRESS over sockets: what lies behind the command is the compressed stream's beginning. */
class CompressedSessionTest {
    private final TinyUpstream upstream = new TinyUpstream();
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private ProxyServer proxy;
    private Socket socket;

    @BeforeEach
    void connect() throws IOException {
        proxy = ProxyServer.start(upstream.behind(1), Telemetry.NONE);
        InetSocketAddress address = proxy.imapAddresses().get(0);
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        say("a1 LOGIN u p\r\n");
        assertThat(line(socket.getInputStream())).startsWith("* OK");
        assertThat(line(socket.getInputStream())).startsWith("a1 OK");
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        upstream.close();
        deflater.end();
        inflater.end();
    }

    private void say(String plain) throws IOException {
        socket.getOutputStream().write(plain.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.append((char) octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString();
    }

    private String compressed(String text) {
        deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
        byte[] out = new byte[4096];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(out, 0, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH));
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void commandsThatAreCompressedAlreadyBehindTheCommandAreServed() throws IOException {
        say("a2 NOOP\r\na3 COMPRESS DEFLATE\r\n" + compressed("a4 NOOP\r\na5 NO") + compressed("OP\r\n"));
        assertThat(line(socket.getInputStream())).isEqualTo("a2 OK done\r\n");
        assertThat(line(socket.getInputStream())).isEqualTo("a3 OK DEFLATE active.\r\n");
        InputStream inflated = new InflaterInputStream(socket.getInputStream(), inflater, 1);
        assertThat(line(inflated)).isEqualTo("a4 OK done\r\n");
        assertThat(line(inflated)).isEqualTo("a5 OK done\r\n");
    }

    @Test
    void plainTextBehindItEndsTheSessionWithItsReason() throws IOException {
        say("a3 COMPRESS DEFLATE\r\na4 NOOP\r\n");
        assertThat(line(socket.getInputStream())).isEqualTo("a3 OK DEFLATE active.\r\n");
        InputStream inflated = new InflaterInputStream(socket.getInputStream(), inflater, 1);
        assertThat(line(inflated)).isEqualTo("* BAD the compressed stream is damaged\r\n");
        assertThat(line(inflated)).startsWith("* BYE ");
        assertThat(socket.getInputStream().readAllBytes())
                .as("the end of the flush, then the end")
                .hasSizeLessThan(8);
    }

    @Test
    void behindARefusedCommandTheyAreCommands() throws IOException {
        say("a3 COMPRESS LZ4\r\na4 NOOP\r\n");
        assertThat(line(socket.getInputStream())).startsWith("a3 BAD");
        assertThat(line(socket.getInputStream())).isEqualTo("a4 OK done\r\n");
    }
}
