package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseNameTest {
    private static final Map<String, ResponseName> BY_WORD = Arrays.stream(ResponseName.values())
            .filter(name -> name != ResponseName.OTHER)
            .collect(Collectors.toMap(Enum::name, Function.identity()));

    private static ResponseName of(String octets) {
        String before = "* ";
        var buf = Unpooled.copiedBuffer(before + octets + "XX", StandardCharsets.ISO_8859_1);
        return ResponseName.of(buf, before.length(), before.length() + octets.length());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void findsEachNameInAnyCaseAndBeforeAnyEnd(ResponseName name) {
        String upper = name.name();
        String lower = upper.toLowerCase(Locale.ROOT);
        for (String word : new String[] {upper, lower, lower.charAt(0) + upper.substring(1)}) {
            for (String end : new String[] {"", " ", "\r\n", "\n", " [ALERT] text\r\n"}) {
                assertThat(of(word + end)).as(word + end).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void nameThatIsCutOffOrGoesOnIsAnother(ResponseName name) {
        String word = name.name();
        for (int length = 0; length < word.length(); length++) {
            String cut = word.substring(0, length);
            assertThat(of(cut)).as(cut).isEqualTo(BY_WORD.getOrDefault(cut, ResponseName.OTHER));
        }
        for (String more : new String[] {"X", "\0", "\t", "(", "=", "XXXXXXXXXXXXXXXXXXXX"}) {
            assertThat(of(word + more)).as(word + more).isEqualTo(ResponseName.OTHER);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void oneWrongOctetMakesAnotherName(ResponseName name) {
        String word = name.name();
        for (int i = 0; i < word.length(); i++) {
            for (char wrong :
                    new char[] {0, (char) (word.charAt(i) | 0x80), (char) (word.charAt(i) ^ 0x40), '\t', '.'}) {
                assertThat(of(word.substring(0, i) + wrong + word.substring(i + 1)))
                        .as("octet %d of %s is %d", i, word, (int) wrong)
                        .isEqualTo(ResponseName.OTHER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " OK", "\r\n", "OTHER", "3", "OK[ALERT]"})
    void whatIsNotSpelledLikeANameIsOther(String octets) {
        assertThat(of(octets)).isEqualTo(ResponseName.OTHER);
    }

    @Test
    void fiveAreStatusResponses() {
        assertThat(ResponseName.values())
                .filteredOn(ResponseName::isStatus)
                .containsExactly(
                        ResponseName.OK, ResponseName.NO, ResponseName.BAD, ResponseName.BYE, ResponseName.PREAUTH);
    }
}
