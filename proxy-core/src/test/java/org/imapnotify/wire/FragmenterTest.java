package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.imapnotify.wire.Fragmenter.Direction;
import org.imapnotify.wire.Fragmenter.Kind;
import org.imapnotify.wire.Fragmenter.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmenterTest {
    private static final Limits LIMITS = new Limits(100, 1000, 1_000_000);

    private final ByteBuf in = Unpooled.buffer();
    private final Fragmenter client = new Fragmenter(Direction.CLIENT, LIMITS);
    private final Fragmenter upstream = new Fragmenter(Direction.UPSTREAM, LIMITS);

    private void arrives(String octets) {
        in.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
    }

    /** The next fragment, taken out of the buffer; "" when there is none. */
    private String take(Fragmenter fragmenter) {
        if (!fragmenter.next(in)) {
            return "";
        }
        String octets = in.readCharSequence(fragmenter.length(), StandardCharsets.ISO_8859_1)
                .toString();
        fragmenter.consumed();
        return octets;
    }

    @Test
    void lineEndsWithCrLfOrBareLf() {
        arrives("A1 NOOP\r\nA2 NOOP\nA3\rNOOP\r\n\r\n");
        assertThat(take(client)).isEqualTo("A1 NOOP\r\n");
        assertThat(take(client)).isEqualTo("A2 NOOP\n");
        assertThat(take(client)).isEqualTo("A3\rNOOP\r\n");
        assertThat(take(client)).isEqualTo("\r\n");
        assertThat(client.next(in)).isFalse();
    }

    @Test
    void waitsForTheEndOfALine() {
        arrives("A1 NOOP\r");
        assertThat(client.next(in)).isFalse();
        arrives("\n");
        assertThat(client.next(in)).isTrue();
        assertThat(in.readerIndex()).isZero();
        assertThat(client.kind()).isEqualTo(Kind.LINE);
        assertThat(client.length()).isEqualTo(9);
        assertThat(client.startsMessage() && client.endsMessage() && client.startsLine())
                .isTrue();
        assertThat(client.literal()).isEqualTo(-1);
        assertThat(client.literalSynchronising()).isFalse();
    }

    @Test
    void literalComesInThePiecesThatTheBufferHas() {
        arrives("* 1 FETCH (BODY[] {6}\r\nab");
        assertThat(upstream.next(in)).isTrue();
        assertThat(upstream.literal()).isEqualTo(6);
        assertThat(upstream.startsMessage()).isTrue();
        assertThat(upstream.endsMessage()).isFalse();
        assertThat(take(upstream)).isEqualTo("* 1 FETCH (BODY[] {6}\r\n");
        assertThat(upstream.awaitingGoAhead()).isFalse();
        assertThat(take(upstream)).isEqualTo("ab");
        assertThat(upstream.kind()).isEqualTo(Kind.LITERAL);
        assertThat(upstream.literal()).isEqualTo(-1);
        assertThat(upstream.startsMessage() || upstream.endsMessage() || upstream.startsLine())
                .isFalse();
        assertThat(take(upstream)).isEmpty();
        arrives("\r\n{9})\r\n* 2");
        assertThat(take(upstream)).isEqualTo("\r\n{9");
        assertThat(take(upstream)).isEqualTo("})\r\n");
        assertThat(upstream.startsLine() && upstream.endsMessage()).isTrue();
        assertThat(upstream.startsMessage()).isFalse();
        assertThat(take(upstream)).isEmpty();
    }

    @Test
    void synchronisingLiteralWaitsForTheGoAhead() {
        arrives("A1 LOGIN {3}\r\n");
        assertThat(client.next(in) && client.literalSynchronising()).isTrue();
        assertThat(client.awaitingGoAhead()).isFalse();
        assertThat(take(client)).isEqualTo("A1 LOGIN {3}\r\n");
        assertThat(client.awaitingGoAhead()).isTrue();
        arrives("joe secret\r\n");
        assertThat(client.next(in)).isFalse();
        client.goAhead();
        assertThat(client.awaitingGoAhead()).isFalse();
        assertThat(take(client)).isEqualTo("joe");
        assertThat(client.literalSynchronising()).isFalse();
        assertThat(take(client)).isEqualTo(" secret\r\n");
        assertThat(client.awaitingGoAhead()).isFalse();
        assertThat(client.atMessageBoundary()).isTrue();
    }

    @Test
    void nonSynchronisingLiteralFollowsAtOnce() {
        arrives("A1 LOGIN {3+}\r\njoe {6+}\r\nsecret\r\nA2 NOOP\r\n");
        assertThat(client.next(in)).isTrue();
        assertThat(client.literal()).isEqualTo(3);
        assertThat(client.literalSynchronising()).isFalse();
        assertThat(take(client)).isEqualTo("A1 LOGIN {3+}\r\n");
        assertThat(take(client)).isEqualTo("joe");
        assertThat(take(client)).isEqualTo(" {6+}\r\n");
        assertThat(take(client)).isEqualTo("secret");
        assertThat(take(client)).isEqualTo("\r\n");
        assertThat(client.endsMessage()).isTrue();
        assertThat(take(client)).isEqualTo("A2 NOOP\r\n");
        assertThat(client.startsMessage()).isTrue();
    }

    @Test
    void newCommandFollowsARefusedLiteral() {
        arrives("A1 APPEND x {3}\r\n");
        take(client);
        client.refused();
        assertThat(client.atMessageBoundary()).isTrue();
        arrives("A2 NOOP\r\n");
        assertThat(take(client)).isEqualTo("A2 NOOP\r\n");
        assertThat(client.startsMessage() && client.endsMessage()).isTrue();
    }

    @Test
    void emptyLiteralIsNoFragmentButIsWaitedFor() {
        arrives("A1 LOGIN {0}\r\n {0+}\r\n\r\n");
        assertThat(take(client)).isEqualTo("A1 LOGIN {0}\r\n");
        assertThat(client.literal()).isZero();
        assertThat(client.next(in)).isFalse();
        client.goAhead();
        assertThat(take(client)).isEqualTo(" {0+}\r\n");
        assertThat(client.startsMessage() || client.endsMessage()).isFalse();
        assertThat(take(client)).isEqualTo("\r\n");
        assertThat(client.endsMessage()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"{5}, true", "{5+}, false", "~{5}, true", "~{5+}, false", "{0005}, true", "x{5}, true", "1{5}, true"})
    void announcementHasItsForms(String form, boolean synchronising) {
        for (String end : new String[] {"\r\n", "\n"}) {
            in.clear();
            arrives("A1 X " + form + end);
            Fragmenter fragmenter = new Fragmenter(Direction.CLIENT, LIMITS);
            assertThat(fragmenter.next(in)).isTrue();
            assertThat(fragmenter.literal()).isEqualTo(5);
            assertThat(fragmenter.literalSynchronising()).isEqualTo(synchronising);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{+}",
                "{5",
                "5}",
                "+}",
                "}",
                "{5-}",
                "{-5}",
                "{5++}",
                "{5 }",
                "{ 5}",
                "{5}x",
                "{5} ",
                "{5}\r",
                "{a}",
                "{5}\"",
                "{{5}}",
                "(5}",
                "99999999999999999999999999999999999999}",
                "{\u00b95}"
            })
    void whatOnlyLooksLikeAnAnnouncementIsText(String text) {
        arrives("A1 X " + text + "\r\n");
        take(client);
        assertThat(client.endsMessage()).isTrue();
        assertThat(client.literal()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+ go {5}",
                "+ {5}",
                "A1 OK done {5}",
                "* OK text {5}",
                "* ok text {5}",
                "* NO {5}",
                "* BAD {5+}",
                "* BYE ~{5}",
                "* PREAUTH [CAPABILITY IMAP4rev1] {5}",
                "* OK {99999999999999999999}",
                "A1 NO {1000001}",
                "{5}"
            })
    void textOfAnUpstreamAnnouncesNothing(String line) {
        arrives(line + "\r\n");
        assertThat(take(upstream)).isEqualTo(line + "\r\n");
        assertThat(upstream.endsMessage()).isTrue();
        assertThat(upstream.literal()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* LIST () \"/\" {2}",
                "* STATUS {2}",
                "* 3 FETCH (BODY[] ~{2}",
                "* XYZ {2}",
                "* OKAY {2}",
                "* {2}"
            })
    void dataOfAnUpstreamAnnouncesOnEachOfItsLines(String line) {
        arrives(line + "\r\nab {1}\r\nc OK {2}\r\nde\r\n");
        assertThat(take(upstream)).isEqualTo(line + "\r\n");
        assertThat(take(upstream)).isEqualTo("ab");
        assertThat(take(upstream)).isEqualTo(" {1}\r\n");
        assertThat(take(upstream)).isEqualTo("c");
        assertThat(take(upstream)).isEqualTo(" OK {2}\r\n");
        assertThat(take(upstream)).isEqualTo("de");
        assertThat(take(upstream)).isEqualTo("\r\n");
        assertThat(upstream.endsMessage()).isTrue();
    }

    @Test
    void longStatusTextOfAnUpstreamAnnouncesNothingInItsLastPart() {
        arrives("* NO " + "x".repeat(200));
        assertThat(take(upstream)).hasSize(205 - 32);
        arrives(" {5}\r\n* LIST () \"/\" " + "x".repeat(200));
        assertThat(take(upstream)).endsWith(" {5}\r\n");
        assertThat(upstream.endsMessage()).isTrue();
        take(upstream);
        arrives(" {5}\r\n");
        take(upstream);
        assertThat(upstream.literal()).isEqualTo(5);
    }

    @Test
    void rawLinesAreMessagesOfTheirOwn() {
        client.rawLines(true);
        arrives("AGpvZQ== {5}\r\n{3+}\r\n");
        assertThat(take(client)).isEqualTo("AGpvZQ== {5}\r\n");
        assertThat(client.startsMessage() && client.endsMessage()).isTrue();
        assertThat(client.literal()).isEqualTo(-1);
        assertThat(take(client)).isEqualTo("{3+}\r\n");
        client.rawLines(false);
        arrives("A1 X {5+}\r\n");
        take(client);
        assertThat(client.literal()).isEqualTo(5);
    }

    @Test
    void lineThatWaitsIsReadAsWhatItTurnsOutToBe() {
        arrives("text {5}\r\n");
        assertThat(client.next(in)).isTrue();
        assertThat(client.literal()).isEqualTo(5);
        client.rawLines(true);
        assertThat(client.next(in)).isTrue();
        assertThat(client.literal()).isEqualTo(-1);
        client.rawLines(false);
        assertThat(take(client)).isEqualTo("text {5}\r\n");
        assertThat(client.literal()).isEqualTo(5);
    }

    @Test
    void lineBeingHandledStaysWhatItWas() {
        arrives("A1 X {2+}\r\nab\r\nDONE\r\n");
        assertThat(client.next(in)).isTrue();
        client.rawLines(true);
        assertThat(client.literal()).isEqualTo(2);
        in.skipBytes(client.length());
        client.consumed();
        assertThat(take(client)).isEqualTo("ab");
    }

    @Test
    void longLineComesInPartsAndKeepsItsAnnouncementWhole() {
        String head = "A1 SEARCH " + "x".repeat(150);
        arrives(head + "~{1000000+}\r");
        assertThat(client.next(in)).isTrue();
        assertThat(client.kind()).isEqualTo(Kind.LINE_PART);
        assertThat(client.length()).isEqualTo(in.readableBytes() - 32);
        assertThat(client.startsMessage() && client.startsLine()).isTrue();
        assertThat(client.endsMessage()).isFalse();
        String first = take(client);
        assertThat(client.atMessageBoundary()).isFalse();
        assertThat(client.next(in)).isFalse();
        arrives("\n");
        String last = take(client);
        assertThat(first + last).isEqualTo(head + "~{1000000+}\r\n");
        assertThat(client.kind()).isEqualTo(Kind.LINE);
        assertThat(client.startsMessage() || client.startsLine()).isFalse();
        assertThat(client.literal()).isEqualTo(1_000_000);
    }

    @Test
    void lineShorterThanItMayBeHeldIsHeldWhole() {
        arrives("x".repeat(99));
        assertThat(client.next(in)).isFalse();
        arrives("x");
        assertThat(client.next(in)).isTrue();
        assertThat(client.kind()).isEqualTo(Kind.LINE_PART);
        assertThat(client.length()).isEqualTo(68);
    }

    @Test
    void firstPartIsNeverShorterThanWhatTellsTheMessage() {
        Fragmenter fragmenter = new Fragmenter(Direction.UPSTREAM, new Limits(1, 1000, 1000));
        arrives("* PREAUTH " + "x".repeat(53));
        assertThat(fragmenter.next(in)).isFalse();
        arrives("x");
        assertThat(take(fragmenter)).hasSize(32);
    }

    @Test
    void partThatWaitsBecomesTheWholeLineOnlyWhenLookedAtAnew() {
        arrives("x".repeat(120));
        assertThat(client.next(in)).isTrue();
        arrives(" {5}\r\n");
        assertThat(client.next(in)).isTrue();
        assertThat(client.length()).isEqualTo(88);
        client.rawLines(true);
        assertThat(client.next(in)).isTrue();
        assertThat(client.kind()).isEqualTo(Kind.LINE);
        assertThat(client.length()).isEqualTo(126);
    }

    @Test
    void digitsOverSeveralPartsAreALengthOnlyAfterABrace() {
        arrives("A1 X {" + "0".repeat(100));
        assertThat(take(client)).startsWith("A1 X {0");
        arrives("0".repeat(100));
        assertThat(take(client)).containsOnlyDigits();
        arrives("5}\r\n");
        assertThatThrownBy(() -> client.next(in)).isInstanceOf(ProtocolException.class);

        in.clear();
        Fragmenter other = new Fragmenter(Direction.CLIENT, LIMITS);
        arrives("A1 X {x" + "0".repeat(100));
        assertThat(take(other)).startsWith("A1 X {x0");
        arrives("0".repeat(100));
        assertThat(take(other)).containsOnlyDigits();
        arrives("5}\r\n");
        assertThat(take(other)).isNotEmpty();
        assertThat(other.endsMessage()).isTrue();
    }

    @Test
    void wholeLineMayBeAsLongAsTheLimit() {
        arrives("x".repeat(999) + "\n" + "x".repeat(1000) + "\n");
        assertThat(take(client)).hasSize(1000);
        assertThatThrownBy(() -> client.next(in))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Line longer than 1000 octets");
        assertThatThrownBy(() -> client.next(in)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void partsOfALineCountTogetherAndEachLineAnew() {
        for (int line = 0; line < 3; line++) {
            arrives("x".repeat(500));
            take(client);
            arrives("x".repeat(495));
            take(client);
            arrives("{1+}\n");
            take(client);
            arrives("l");
            assertThat(take(client)).isEqualTo("l");
        }
        arrives("x".repeat(500));
        take(client);
        arrives("x".repeat(500));
        take(client);
        arrives("\n");
        assertThatThrownBy(() -> client.next(in)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void unfinishedLineMayNotGrowBeyondTheLimit() {
        arrives("x".repeat(1001));
        assertThatThrownBy(() -> client.next(in)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000001",
                "9223372036854775808",
                "9999999999999999999",
                "00000000000000000001",
                "99999999999999999999999999"
            })
    void literalMayNotBeLongerThanTheLimit(String digits) {
        for (String form : new String[] {"{" + digits + "}\r\n", "~{" + digits + "+}\n"}) {
            in.clear();
            arrives("A1 APPEND x " + form);
            assertThatThrownBy(() -> new Fragmenter(Direction.CLIENT, LIMITS).next(in))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageStartingWith("Literal ");
        }
    }

    @Test
    void literalMayBeAsLongAsTheLimitAndALong() {
        Fragmenter fragmenter = new Fragmenter(Direction.UPSTREAM, new Limits(100, Long.MAX_VALUE, Long.MAX_VALUE));
        arrives("* 1 FETCH (BODY[] {9223372036854775807}\r\n12345");
        take(fragmenter);
        assertThat(fragmenter.literal()).isEqualTo(Long.MAX_VALUE);
        assertThat(take(fragmenter)).isEqualTo("12345");
        arrives("A1 APPEND x {1000000+}\r\n");
        assertThat(take(fragmenter)).isEqualTo("A1 APPEND x {1000000+}\r\n");
        assertThat(fragmenter.kind()).isEqualTo(Kind.LITERAL);
    }

    @Test
    void newLimitsHoldForWhatFollows() {
        client.limits(new Limits(100, 20, 5));
        arrives("A1 APPEND x {6+}\r\n");
        assertThatThrownBy(() -> client.next(in)).isInstanceOf(ProtocolException.class);
        client.limits(new Limits(100, 20, 6));
        assertThat(client.next(in)).isTrue();
    }

    @Test
    void fragmentIsConsumedOnceAndGoAheadsAreAskedFor() {
        assertThatIllegalStateException().isThrownBy(client::consumed);
        assertThatIllegalStateException().isThrownBy(client::goAhead);
        assertThatIllegalStateException().isThrownBy(client::refused);
        arrives("A1 X {3+}\r\n");
        take(client);
        assertThatIllegalStateException().isThrownBy(client::consumed);
        assertThatIllegalStateException().isThrownBy(client::goAhead);
    }

    @Test
    void boundaryIsWhereNoMessageIsHalfConsumed() {
        assertThat(client.atMessageBoundary()).isTrue();
        arrives("A1 X {1+}\r\na\r\n");
        assertThat(client.next(in)).isTrue();
        assertThat(client.atMessageBoundary()).isTrue();
        take(client);
        assertThat(client.atMessageBoundary()).isFalse();
        take(client);
        assertThat(client.atMessageBoundary()).isFalse();
        take(client);
        assertThat(client.atMessageBoundary()).isTrue();
    }

    @Test
    void searchesEachOctetOnce() {
        CountingBuffer counting = new CountingBuffer();
        Fragmenter fragmenter = new Fragmenter(Direction.CLIENT, new Limits(100, 10_000, 10_000));
        int octets = 5000;
        for (int i = 1; i <= octets; i++) {
            counting.writeByte(i % 700 == 0 ? '\n' : 'x');
            while (fragmenter.next(counting)) {
                counting.skipBytes(fragmenter.length());
                fragmenter.consumed();
            }
        }
        assertThat(counting.searched).isEqualTo(octets);
    }

    @Test
    void allocatesNothingForAFragmentThatPasses() {
        arrives("A1 UID FETCH 1:* (FLAGS)\r\nA2 APPEND x {5+}\r\nhello\r\nA3 NOOP\r\n");
        cutAll(2_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int named = cutAll(20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(named).isEqualTo(60_000);
        assertThat(allocated).isLessThan(20_000); // less than an octet for each round of five fragments
    }

    /** Cuts what has arrived over and over; how many commands had a known name. */
    private int cutAll(int rounds) {
        int named = 0;
        for (int i = 0; i < rounds; i++) {
            in.readerIndex(0);
            while (client.next(in)) {
                int from = in.readerIndex();
                int to = from + client.length();
                if (client.startsMessage()
                        && CommandName.of(in, Octets.indexOfSpaceOrEnd(in, from, to) + 1, to) != CommandName.OTHER) {
                    named++;
                }
                in.readerIndex(to);
                client.consumed();
            }
        }
        return named;
    }

    /** Counts the octets that are searched for the end of a line. */
    private static final class CountingBuffer extends UnpooledHeapByteBuf {
        private int searched;

        CountingBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, 8192, 8192);
        }

        @Override
        public int indexOf(int fromIndex, int toIndex, byte value) {
            int found = super.indexOf(fromIndex, toIndex, value);
            searched += (found < 0 ? toIndex : found + 1) - fromIndex;
            return found;
        }
    }
}
