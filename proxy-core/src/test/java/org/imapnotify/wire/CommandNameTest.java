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

class CommandNameTest {
    private static final Map<String, CommandName> BY_WORDS = Arrays.stream(CommandName.values())
            .filter(name -> name != CommandName.OTHER)
            .collect(Collectors.toMap(CommandNameTest::words, Function.identity()));

    private static String words(CommandName name) {
        return name.name().replace('_', ' ');
    }

    /** Reads the name out of the middle of a buffer, so that an index that is not absolute shows. */
    private static CommandName of(String octets) {
        String before = "A1 ";
        var buf = Unpooled.copiedBuffer(before + octets + "XX", StandardCharsets.ISO_8859_1);
        return CommandName.of(buf, before.length(), before.length() + octets.length());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void findsEachNameInAnyCaseAndBeforeAnyEnd(CommandName name) {
        String upper = words(name);
        String lower = upper.toLowerCase(Locale.ROOT);
        for (String word : new String[] {upper, lower, lower.charAt(0) + upper.substring(1)}) {
            for (String end : new String[] {"", " ", "\r\n", "\n", " 1:* (FLAGS)\r\n"}) {
                assertThat(of(word + end)).as(word + end).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void nameThatIsCutOffOrGoesOnIsAnother(CommandName name) {
        String words = words(name);
        for (int length = 0; length < words.length(); length++) {
            String cut = words.substring(0, length);
            assertThat(of(cut)).as(cut).isEqualTo(BY_WORDS.getOrDefault(cut, CommandName.OTHER));
        }
        for (String more : new String[] {"X", "\0", "\t", "(", "=", "-", "XXXXXXXXXXXXXXXXXXXX"}) {
            assertThat(of(words + more)).as(words + more).isEqualTo(CommandName.OTHER);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void oneWrongOctetMakesAnotherName(CommandName name) {
        String words = words(name);
        for (int i = 0; i < words.length(); i++) {
            char right = words.charAt(i);
            for (char wrong : new char[] {0, (char) (right | 0x80), (char) (right ^ 0x40), '\t', '.'}) {
                String word = words.substring(0, i) + wrong + words.substring(i + 1);
                assertThat(of(word))
                        .as("octet %d of %s is %d", i, words, (int) wrong)
                        .isEqualTo(CommandName.OTHER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID  FETCH",
                " UID FETCH",
                "UID",
                "UID ",
                "UID\tFETCH",
                "UID\r\nFETCH",
                "UID\rFETCH",
                "UID_FETCH",
                "UID NOOP",
                "UID UID FETCH",
                "UIDFETCH",
                "UI DFETCH",
                " NOOP",
                "",
                "\r\n",
                "OTHER",
                "X-UNKNOWN"
            })
    void whatIsNotSpelledLikeANameIsOther(String octets) {
        assertThat(of(octets)).isEqualTo(CommandName.OTHER);
    }

    @Test
    void everyNameHasItsOwnWords() {
        assertThat(BY_WORDS).hasSize(CommandName.values().length - 1);
    }
}
