package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.imapnotify.Requirement;
import org.junit.jupiter.api.Test;

@Requirement("N-222")
class Utf8NamesTest {
    private static String written(String commands) {
        return new String(Utf8Names.in(commands.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void quotedNamesBecomeUtf8() {
        assertThat(written("w1 STATUS \"Entw&APw-rfe\" (MESSAGES)\r\nw2 STATUS \"A&-B\" (MESSAGES)\r\n"))
                .isEqualTo("w1 STATUS \"Entw\u00fcrfe\" (MESSAGES)\r\nw2 STATUS \"A&B\" (MESSAGES)\r\n");
    }

    @Test
    void quotesAndBackslashesStayEscaped() {
        assertThat(written("w1 STATUS \"a\\\"&APw-\\\\b\" (UNSEEN)\r\n"))
                .isEqualTo("w1 STATUS \"a\\\"\u00fc\\\\b\" (UNSEEN)\r\n");
    }

    @Test
    void literalsStayAsTheyAre() {
        assertThat(written("w1 STATUS {7+}\r\na\"&APw- (UNSEEN)\r\nw2 STATUS \"&APw-\" (UNSEEN)\r\n"))
                .isEqualTo("w1 STATUS {7+}\r\na\"&APw- (UNSEEN)\r\nw2 STATUS \"\u00fc\" (UNSEEN)\r\n");
    }

    @Test
    void patternsAndWhatHasNoNamesStay() {
        assertThat(written("w1 LIST \"\" \"*\"\r\n")).isEqualTo("w1 LIST \"\" \"*\"\r\n");
    }

    @Test
    void namesMayBeLong() {
        String name = "\\\\&APw-".repeat(50_000);
        assertThat(written("w1 STATUS \"" + name + "\" (UNSEEN)\r\n"))
                .isEqualTo("w1 STATUS \"" + "\\\\\u00fc".repeat(50_000) + "\" (UNSEEN)\r\n");
    }
}
