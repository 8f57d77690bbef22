package org.imapnotify.it.bench;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Cuts what is read into lines; octets of literals are left out. */
final class LineCutter {
    private final StringBuilder line = new StringBuilder();
    private final Consumer<String> lines;
    private long literal;

    LineCutter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** So many octets behind the line that was just handed on are no line. */
    void skip(long octets) {
        literal = octets;
    }

    void cut(ByteBuf octets) {
        while (octets.isReadable()) {
            if (literal > 0) {
                int skipped = (int) Math.min(literal, octets.readableBytes());
                octets.skipBytes(skipped);
                literal -= skipped;
                continue;
            }
            char octet = (char) (octets.readByte() & 0xff);
            if (octet == '\n') {
                String cut = line.toString().stripTrailing();
                line.setLength(0);
                lines.accept(cut);
            } else {
                line.append(octet);
            }
        }
    }
}
