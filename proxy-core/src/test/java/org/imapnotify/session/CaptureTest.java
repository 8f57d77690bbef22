package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.imapnotify.Requirement;
import org.junit.jupiter.api.Test;

@Requirement("N-262")
class CaptureTest {
    private final Capture capture = new Capture(1000);

    static void add(Capture capture, String octets) {
        capture.add(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1), 0, octets.length());
    }

    @Test
    void keepsPiecesTogether() {
        add(capture, "a1 LOGIN us");
        add(capture, "er " + "s".repeat(300) + "\r\n");
        assertThat(capture.afterName().rest()).isEqualTo(" user " + "s".repeat(300));
        assertThat(capture.overflowed()).isFalse();
    }

    @Test
    void doesNotShowWhatItHolds() {
        add(capture, "a1 LOGIN user secret\r\n");
        assertThat(capture).hasToString("Capture[22 octets]");
    }

    @Test
    void wipedHoldsNothing() {
        add(capture, "a1 LOGIN user secret\r\n");
        capture.wipe();
        assertThat(capture.length()).isZero();
        add(capture, "                      ");
        assertThat(capture).hasToString("Capture[22 octets]");
    }

    @Test
    void saysWhenMoreCameThanIsKept() {
        Capture small = new Capture(10);
        add(small, "0123456789");
        assertThat(small.overflowed()).isFalse();
        add(small, "x");
        assertThat(small.overflowed()).isTrue();
        assertThat(small.length()).isEqualTo(10);
    }
}
