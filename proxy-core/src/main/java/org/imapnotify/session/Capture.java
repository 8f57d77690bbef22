package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.imapnotify.wire.ImapReader;

/**
 * A bounded copy of a command's octets, literals inline, for commands whose arguments matter here. It may hold a password, so
 * it is {@linkplain #wipe wiped} as soon as it was looked at and never shown.
 */
final class Capture {
    private final int limit;
    private byte[] octets = new byte[128];
    private int length;
    private boolean overflowed;

    /** @param limit octets kept at most; what comes behind them is not kept and {@link #overflowed} says so */
    Capture(int limit) {
        this.limit = limit;
    }

    void add(ByteBuf buf, int from, int count) {
        if (overflowed || count > limit - length) {
            overflowed = true;
            return;
        }
        if (length + count > octets.length) {
            byte[] larger = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
            Arrays.fill(octets, (byte) 0);
            octets = larger;
        }
        buf.getBytes(from, octets, length, count);
        length += count;
    }

    /** True when more came than is kept: the arguments are not to be relied on. */
    boolean overflowed() {
        return overflowed;
    }

    int length() {
        return length;
    }

    /** A reader over what was kept, behind the tag and the command's name. */
    ImapReader afterName() {
        ImapReader reader = new ImapReader(octets, 0, length);
        reader.tag();
        reader.space();
        reader.atom();
        return reader;
    }

    void wipe() {
        Arrays.fill(octets, (byte) 0);
        length = 0;
    }

    @Override
    public String toString() {
        return "Capture[" + length + " octets]";
    }
}
