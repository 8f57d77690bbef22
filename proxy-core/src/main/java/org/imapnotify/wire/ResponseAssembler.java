package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Whole responses out of what an upstream sends, for connections whose every response we want to read. All is held in memory, so
 * a response may not be longer than a given number of octets.
 */
public final class ResponseAssembler {
    /** What a connection keeps between responses; most of them wait for most of their life. */
    private static final int KEPT = 1024;

    private final Fragmenter fragmenter;
    private final int maxBytes;
    private final Consumer<Response> responses;
    private byte[] held = new byte[0];
    /** In {@code held}: where the response begins that is not whole yet, how far fragments are cut, where the octets end. */
    private int start;

    private int cut;
    private int size;

    public ResponseAssembler(int maxBytes, Consumer<Response> responses) {
        this.fragmenter =
                new Fragmenter(Fragmenter.Direction.UPSTREAM, new Fragmenter.Limits(maxBytes, maxBytes, maxBytes));
        this.maxBytes = maxBytes;
        this.responses = responses;
    }

    /**
     * Takes all of {@code in} (which stays the caller's) and gives each response that is whole now, in order.
     *
     * @throws ProtocolException when a response is too long; nothing may be fed any more
     */
    public void feed(ByteBuf in) {
        hold(in);
        ByteBuf view = Unpooled.wrappedBuffer(held, 0, size).readerIndex(cut);
        while (fragmenter.next(view)) {
            cut += fragmenter.length();
            boolean whole = fragmenter.endsMessage();
            view.readerIndex(cut);
            fragmenter.consumed();
            if (whole) {
                emit();
                view.writerIndex(size); // less, when the rest was taken
            }
        }
        limit(size - start);
        compact();
    }

    /** Octets fed that belong to no response given so far; inside the consumer, those after the response it is given. */
    public int pending() {
        return size - start;
    }

    /** Inside the consumer: takes away what lies behind the response it is given, which is not the conversation's as it is. */
    public byte[] takePending() {
        byte[] rest = Arrays.copyOfRange(held, start, size);
        size = start;
        return rest;
    }

    private void hold(ByteBuf in) {
        int more = in.readableBytes();
        if (held.length - size < more) {
            held = Arrays.copyOf(held, Math.max(size + more, 2 * held.length));
        }
        in.readBytes(held, size, more);
        size += more;
    }

    private void emit() {
        limit(cut - start);
        byte[] octets = Arrays.copyOfRange(held, start, cut);
        start = cut;
        responses.accept(Response.parse(octets));
    }

    private void limit(int length) {
        if (length > maxBytes) {
            throw new ProtocolException("response longer than " + maxBytes + " octets");
        }
    }

    private void compact() {
        int left = size - start;
        if (left == 0 && held.length > KEPT) {
            held = new byte[0];
        } else {
            System.arraycopy(held, start, held, 0, left);
        }
        cut -= start;
        size = left;
        start = 0;
    }
}
