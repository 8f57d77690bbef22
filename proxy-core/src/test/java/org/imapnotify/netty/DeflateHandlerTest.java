package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.LeakPresenceDetector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.imapnotify.wire.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeflateHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Deflater peerOut = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater peerIn = new Inflater(true);

    DeflateHandlerTest() {
        channel.pipeline().addLast("imap", new ChannelInboundHandlerAdapter());
    }

    @AfterEach
    void nothingLeaks() {
        channel.finishAndReleaseAll();
        peerOut.end();
        peerIn.end();
        LeakPresenceDetector.check();
    }

    private byte[] compressed(byte[] octets) {
        peerOut.setInput(octets);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int n = part.length; n == part.length; ) {
            n = peerOut.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            all.write(part, 0, n);
        }
        return all.toByteArray();
    }

    private byte[] sent() throws DataFormatException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            peerIn.setInput(ByteBufUtil.getBytes(out));
            out.release();
            for (int n = peerIn.inflate(part); n > 0; n = peerIn.inflate(part)) {
                all.write(part, 0, n);
            }
        }
        return all.toByteArray();
    }

    private byte[] received() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf in = channel.readInbound(); in != null; in = channel.readInbound()) {
            all.writeBytes(ByteBufUtil.getBytes(in));
            in.release();
        }
        return all.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    @Test
    void whatWasWrittenBeforeGoesOutAsItIs() throws DataFormatException {
        channel.write(Unpooled.wrappedBuffer(octets("a1 OK DEFLATE active.\r\n")));
        DeflateHandler.insert(channel);
        channel.write(Unpooled.wrappedBuffer(octets("* 1 EXISTS\r\n")));
        channel.flush();
        ByteBuf plain = channel.readOutbound();
        assertThat(plain.toString(StandardCharsets.ISO_8859_1)).isEqualTo("a1 OK DEFLATE active.\r\n");
        plain.release();
        assertThat(sent()).isEqualTo(octets("* 1 EXISTS\r\n"));
    }

    @Test
    void eachFlushIsReadableAsAWhole() throws DataFormatException {
        DeflateHandler.insert(channel);
        for (int size : new int[] {1, 50, 4096, 70_000, 300_000}) {
            byte[] noise = noise(size);
            channel.write(Unpooled.wrappedBuffer(noise, 0, size / 2));
            channel.write(Unpooled.wrappedBuffer(noise, size / 2, size - size / 2));
            channel.flush();
            assertThat(sent()).isEqualTo(noise);
        }
        channel.flush();
        assertThat(channel.outboundMessages()).as("nothing was written since").isEmpty();
    }

    @Test
    void anEmptyWriteIsDoneBehindAllThatIsInFrontOfIt() throws DataFormatException {
        DeflateHandler.insert(channel);
        channel.write(Unpooled.wrappedBuffer(octets("* BYE\r\n")), channel.voidPromise());
        assertThat(channel.writeAndFlush(Unpooled.EMPTY_BUFFER).isSuccess()).isTrue();
        assertThat(sent()).isEqualTo(octets("* BYE\r\n"));
    }

    @Test
    void octetByOctetNothingIsMissing() {
        DeflateHandler.insert(channel);
        byte[] noise = noise(3000);
        for (byte octet : compressed(noise)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }
        assertThat(received()).isEqualTo(noise);
    }

    @Test
    void whatLayBehindTheCommandComesFirst() {
        byte[] first = compressed(octets("a2 NOOP\r\n"));
        byte[] second = compressed(octets("a3 NOOP\r\n"));
        DeflateHandler.insert(channel).accept(Unpooled.wrappedBuffer(first));
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(second));
        channel.runPendingTasks();
        assertThat(received()).isEqualTo(octets("a2 NOOP\r\na3 NOOP\r\n"));
    }

    @Test
    void aBombIsInflatedNoFasterThanItIsWanted() {
        byte[] bomb = compressed(new byte[64 * 1024 * 1024]);
        assertThat(bomb).hasSizeLessThan(128 * 1024);
        DeflateHandler.insert(channel);
        channel.config().setAutoRead(false);
        channel.writeInbound(Unpooled.wrappedBuffer(bomb));
        assertThat(received()).hasSizeLessThanOrEqualTo(DeflateHandler.CHUNK);
        channel.runPendingTasks();
        assertThat(received()).as("nobody asked").isEmpty();

        channel.read();
        channel.runPendingTasks();
        assertThat(received()).as("one chunk for one read").hasSizeBetween(1, DeflateHandler.CHUNK);

        channel.config().setAutoRead(true);
        channel.runPendingTasks();
        assertThat(received()).hasSizeGreaterThan(63 * 1024 * 1024);
        channel.writeInbound(Unpooled.wrappedBuffer(compressed(octets("a9 NOOP\r\n"))));
        assertThat(received()).isEqualTo(octets("a9 NOOP\r\n"));
    }

    @Test
    void plainTextIsNoCompressedStream() {
        DeflateHandler.insert(channel);
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(octets("a2 NOOP\r\n"))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void nothingComesBehindTheEndOfTheStream() {
        peerOut.finish();
        byte[] whole = compressed(octets("a1 NOOP\r\n"));
        DeflateHandler.insert(channel);
        channel.writeInbound(Unpooled.wrappedBuffer(whole));
        assertThat(received()).isEqualTo(octets("a1 NOOP\r\n"));
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(whole)))
                .isInstanceOf(ProtocolException.class);
    }
}
