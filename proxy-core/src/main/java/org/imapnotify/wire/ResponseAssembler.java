package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Puts the upstream's octets together to whole responses, literals included, in bounded memory. */
public final class ResponseAssembler {
    private final int maxBytes;
    private final Consumer<Response> responses;
    private final Fragmenter fragmenter;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;

    /**
     * @param maxBytes octets of one response with its literals
     * @param responses is given each response as soon as it is whole
     */
    public ResponseAssembler(int maxBytes, Consumer<Response> responses) {
        this.maxBytes = maxBytes;
        this.responses = responses;
        this.fragmenter =
                new Fragmenter(Fragmenter.Direction.UPSTREAM, new Fragmenter.Limits(maxBytes, maxBytes, maxBytes));
    }

    /**
     * Reads all of the buffer, which stays the caller's.
     *
     * @throws ProtocolException when a response is too long; the stream cannot be read any further
     */
    public void feed(ByteBuf in) {
        ByteBuf all = unread.isReadable() ? Unpooled.copiedBuffer(unread, in) : in;
        in.skipBytes(all == in ? 0 : in.readableBytes());
        while (fragmenter.next(all)) {
            take(all);
        }
        unread = all.isReadable() ? Unpooled.copiedBuffer(all) : Unpooled.EMPTY_BUFFER;
        all.skipBytes(all.readableBytes());
    }

    /** True when octets have come that are no whole response yet. */
    public boolean holdsOctets() {
        return unread.isReadable() || message.size() > 0;
    }

    private void take(ByteBuf all) {
        int octets = fragmenter.length();
        if (octets > maxBytes - message.size()) {
            throw new ProtocolException("Response longer than " + maxBytes + " octets");
        }
        byte[] fragment = new byte[octets];
        all.readBytes(fragment);
        message.writeBytes(fragment);
        boolean ends = fragmenter.endsMessage();
        fragmenter.consumed();
        if (ends) {
            Response response = Response.parse(message.toByteArray());
            message.reset();
            responses.accept(response);
        }
    }
}
