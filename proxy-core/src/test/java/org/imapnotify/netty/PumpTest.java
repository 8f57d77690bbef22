package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.LeakPresenceDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.imapnotify.session.Verdict;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Fragmenter.Direction;
import org.imapnotify.wire.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PumpTest {
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final EmbeddedChannel target = new EmbeddedChannel();
    private final List<String> asked = new ArrayList<>();
    private Function<String, Verdict> verdict = fragment -> Verdict.FORWARD;
    private final Pump pump = new Pump(
            new Fragmenter(Direction.CLIENT, new Fragmenter.Limits(1000, 2000, 100_000)), this::onFragment, target);

    private Verdict onFragment(ByteBuf in, Fragmenter fragmenter) {
        String fragment = in.toString(in.readerIndex(), fragmenter.length(), StandardCharsets.ISO_8859_1);
        asked.add(fragment.strip());
        return verdict.apply(fragment.strip());
    }

    @AfterEach
    void nothingLeaks() {
        pump.stop();
        target.finishAndReleaseAll();
        LeakPresenceDetector.check();
    }

    private void read(String octets) {
        pump.read(allocator, buffer(octets));
        target.flushOutbound();
    }

    private ByteBuf buffer(String octets) {
        ByteBuf in = allocator.buffer(octets.length());
        in.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
        return in;
    }

    /** Everything that was written since the last time, a "|" between two writes. */
    private String written() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = target.readOutbound(); part != null; part = target.readOutbound()) {
            all.append(all.isEmpty() ? "" : "|").append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return all.toString();
    }

    @Test
    void neighboursTravelInOneWrite() {
        read("a NOOP\r\nb APPEND x {3+}\r\nabc\r\nc NO");
        assertThat(written()).isEqualTo("a NOOP\r\nb APPEND x {3+}\r\nabc\r\n");
        read("OP\r\n");
        assertThat(written()).isEqualTo("c NOOP\r\n");
    }

    @Test
    void goesOnInTheSameBufferThatWasRead() {
        ByteBuf in = buffer("a NOOP\r\n");
        pump.read(allocator, in);
        target.flushOutbound();
        ByteBuf out = target.readOutbound();
        assertThat(out.memoryAddress()).isEqualTo(in.memoryAddress());
        out.release();
    }

    @Test
    void takenFragmentsPartTheOthers() {
        verdict = fragment -> fragment.startsWith("b") ? Verdict.TAKE : Verdict.FORWARD;
        read("a NOOP\r\nb NOOP\r\nc NOOP\r\n");
        assertThat(written()).isEqualTo("a NOOP\r\n|c NOOP\r\n");
    }

    @Test
    void ownOctetsKeepTheirPlace() {
        verdict = fragment -> {
            if (fragment.startsWith("b")) {
                pump.flushRange();
                target.write(buffer("own\r\n"));
            }
            return Verdict.FORWARD;
        };
        read("a NOOP\r\nb NOOP\r\nc NOOP\r\n");
        assertThat(written()).isEqualTo("a NOOP\r\n|own\r\n|b NOOP\r\nc NOOP\r\n");
    }

    @Test
    void heldFragmentIsOfferedAgain() {
        verdict = fragment -> fragment.startsWith("b") ? Verdict.HOLD : Verdict.FORWARD;
        read("a NOOP\r\nb NOOP\r\nc NOOP\r\n");
        assertThat(written()).isEqualTo("a NOOP\r\n");
        assertThat(pump.isHeld()).isTrue();
        assertThat(pump.run(allocator)).isFalse();
        verdict = fragment -> Verdict.FORWARD;
        assertThat(pump.run(allocator)).isTrue();
        target.flushOutbound();
        assertThat(written()).isEqualTo("b NOOP\r\nc NOOP\r\n");
        assertThat(pump.isHeld()).isFalse();
        assertThat(asked).containsExactly("a NOOP", "b NOOP", "b NOOP", "b NOOP", "c NOOP");
    }

    @Test
    void whatIsReadBehindAHeldFragmentWaits() {
        verdict = fragment -> Verdict.HOLD;
        read("a NOOP\r\n");
        read("b NOOP\r\n");
        verdict = fragment -> Verdict.FORWARD;
        read("c NOOP\r\n");
        assertThat(written()).isEqualTo("a NOOP\r\nb NOOP\r\nc NOOP\r\n");
    }

    @Test
    void runFromWithinIsDoneBehind() {
        verdict = fragment -> {
            assertThat(pump.run(allocator)).isFalse();
            return Verdict.FORWARD;
        };
        read("a NOOP\r\nb NOOP\r\n");
        assertThat(written()).isEqualTo("a NOOP\r\nb NOOP\r\n");
    }

    @Test
    void literalsStreamThrough() {
        read("a APPEND x {50000+}\r\n");
        for (int i = 0; i < 50; i++) {
            read("x".repeat(1000));
        }
        read("\r\n");
        assertThat(written().replace("|", "")).isEqualTo("a APPEND x {50000+}\r\n" + "x".repeat(50_000) + "\r\n");
    }

    @Test
    void stoppedMovesNothing() {
        verdict = fragment -> {
            pump.stop();
            return Verdict.TAKE;
        };
        read("a NOOP\r\nb NOOP\r\n");
        read("c NOOP\r\n");
        assertThat(written()).isEmpty();
        assertThat(asked).containsExactly("a NOOP");
    }

    @Test
    void whatCameInFrontOfABrokenLineGoesOn() {
        assertThatThrownBy(() -> read("a NOOP\r\n" + "x".repeat(3000))).isInstanceOf(ProtocolException.class);
        target.flushOutbound();
        assertThat(written()).startsWith("a NOOP\r\n");
    }
}
