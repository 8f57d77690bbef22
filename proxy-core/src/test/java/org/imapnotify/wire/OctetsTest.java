package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
    private static ByteBuf buf(String latin1) {
        return Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1);
    }

    @Test
    void wordEndsAtSpaceOrLineEndOrTheGivenEnd() {
        ByteBuf buf = buf("A1 NOOP\r\nA2\nA3");
        assertThat(Octets.indexOfSpaceOrEnd(buf, 0, 15)).isEqualTo(2);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 3, 15)).isEqualTo(7);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 3, 5)).isEqualTo(5);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 9, 15)).isEqualTo(11);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 12, 14)).isEqualTo(14);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 2, 15)).isEqualTo(2);
        assertThat(Octets.indexOfSpaceOrEnd(buf, 14, 14)).isEqualTo(14);
    }

    @Test
    void textEndsBeforeOneLineEnd() {
        assertThat(Octets.endOfText(buf("abc\r\n"), 0, 5)).isEqualTo(3);
        assertThat(Octets.endOfText(buf("abc\n"), 0, 4)).isEqualTo(3);
        assertThat(Octets.endOfText(buf("abc\r"), 0, 4)).isEqualTo(4);
        assertThat(Octets.endOfText(buf("abc\n\r\n"), 0, 6)).isEqualTo(4);
        assertThat(Octets.endOfText(buf("\r\n"), 0, 2)).isZero();
        assertThat(Octets.endOfText(buf("\r\n"), 1, 2)).isEqualTo(1);
        assertThat(Octets.endOfText(buf("a"), 1, 1)).isEqualTo(1);
        assertThat(Octets.endOfText(buf("a\n"), 2, 2)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DONE", "done", "dOnE"})
    void comparesLettersInAnyCase(String word) {
        assertThat(Octets.equalsIgnoreCase(buf(word), 0, 4, "DONE")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DON", "DONEX", "", "D\0NE", "D\u00cfNE", "DON\u0005"})
    void comparesWholeWordsOnly(String word) {
        assertThat(Octets.equalsIgnoreCase(buf(word), 0, word.length(), "DONE")).isFalse();
    }

    @Test
    void foldsTheCaseOfLettersAlone() {
        assertThat(Octets.equalsIgnoreCase(buf("{}"), 0, 2, "[]")).isFalse();
        assertThat(Octets.equalsIgnoreCase(buf("a-1"), 0, 3, "A-1")).isTrue();
        assertThat(Octets.equalsIgnoreCase(buf("A\0"), 0, 2, "A ")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "007, 7",
        "4294967295, 4294967295",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -1",
        "99999999999999999999, -1",
        "'', -1",
        "1a, -1",
        "-1, -1",
        "+1, -1",
        "'1 ', -1"
    })
    void readsNumbersUpToTheLargestLong(String word, long number) {
        assertThat(Octets.number(buf(word), 0, word.length())).isEqualTo(number);
    }

    @Test
    void keepsEachOctetAsOneChar() {
        assertThat(Octets.latin1(buf("x\0\u00ff\r\n"), 1, 4)).isEqualTo("\0\u00ff\r");
    }
}
