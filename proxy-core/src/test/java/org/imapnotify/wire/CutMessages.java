package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.imapnotify.wire.Fragmenter.Kind;

/**
 * Feeds a fragmenter chunk by chunk as a channel would, with a fresh buffer each time that starts with the unread rest, and puts
 * the fragments together again. A message is the list of its lines and literals, a literal written as {@code <octets>}; an empty one is not seen.
 */
final class CutMessages {
    private final Fragmenter fragmenter;
    /** Whether a literal that is asked for is wanted; asked once for each. */
    private final BooleanSupplier wanted;
    /** Whether to leave a fragment in the buffer until more octets have come. */
    private final BooleanSupplier later;

    private final List<List<String>> messages = new ArrayList<>();
    private final List<String> message = new ArrayList<>();
    private final StringBuilder element = new StringBuilder();
    private final StringBuilder passed = new StringBuilder();
    private boolean inLiteral;
    private String rest = "";
    private boolean failed;

    CutMessages(Fragmenter fragmenter, BooleanSupplier wanted, BooleanSupplier later) {
        this.fragmenter = fragmenter;
        this.wanted = wanted;
        this.later = later;
    }

    /** The messages that are whole. */
    List<List<String>> messages() {
        return messages;
    }

    /** All octets of fragments, in order. */
    String passed() {
        return passed.toString();
    }

    /** Octets that belong to no fragment yet. */
    String rest() {
        return rest;
    }

    boolean failed() {
        return failed;
    }

    void feed(String chunk) {
        feed(chunk, later);
    }

    /** Takes what is left, after all chunks are fed. */
    void finish() {
        feed("", () -> false);
    }

    private void feed(String chunk, BooleanSupplier pause) {
        rest += chunk;
        String before = "\nB{1}\r\n"
                .substring(0, (passed.length() + rest.length()) % 6); // consumed already: not to be looked at
        ByteBuf buf = Unpooled.copiedBuffer(before + rest, StandardCharsets.ISO_8859_1);
        buf.skipBytes(before.length());
        try {
            while (!failed && advance(buf, pause)) {
                // on to the next fragment
            }
        } catch (ProtocolException e) {
            failed = true;
        }
        rest = buf.toString(StandardCharsets.ISO_8859_1);
    }

    private boolean advance(ByteBuf buf, BooleanSupplier pause) {
        if (fragmenter.awaitingGoAhead()) {
            check(!fragmenter.next(buf), "a fragment while a go-ahead is awaited");
            if (pause.getAsBoolean()) {
                return false;
            }
            answer();
        }
        if (!foundTwice(buf) || pause.getAsBoolean()) {
            return false;
        }
        check(fragmenter.startsMessage() == (message.isEmpty() && element.isEmpty()), "start of message");
        take(buf.readCharSequence(fragmenter.length(), StandardCharsets.ISO_8859_1)
                .toString());
        boolean ends = fragmenter.endsMessage();
        fragmenter.consumed();
        check(fragmenter.atMessageBoundary() == ends, "boundary and end of message differ");
        return true;
    }

    private boolean foundTwice(ByteBuf buf) {
        int reader = buf.readerIndex();
        boolean found = fragmenter.next(buf);
        Kind kind = fragmenter.kind();
        int length = fragmenter.length();
        check(
                fragmenter.next(buf) == found && fragmenter.kind() == kind && fragmenter.length() == length,
                "another answer");
        check(buf.readerIndex() == reader, "reader index moved");
        check(!found || (length > 0 && length <= buf.readableBytes()), "fragment not in the buffer");
        return found;
    }

    private void answer() {
        if (wanted.getAsBoolean()) {
            fragmenter.goAhead();
        } else {
            fragmenter.refused();
            endMessage();
        }
    }

    private void take(String octets) {
        boolean literal = fragmenter.kind() == Kind.LITERAL;
        passed.append(octets);
        if (inLiteral && !literal) {
            element.append('>');
            endElement();
        }
        check(fragmenter.startsLine() == (!literal && element.isEmpty()), "start of line");
        element.append(literal && !inLiteral ? "<" : "").append(octets);
        inLiteral = literal;
        if (fragmenter.kind() == Kind.LINE) {
            endElement();
        }
        if (fragmenter.endsMessage()) {
            endMessage();
        }
    }

    private void endElement() {
        message.add(element.toString());
        element.setLength(0);
    }

    private void endMessage() {
        messages.add(List.copyOf(message));
        message.clear();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
