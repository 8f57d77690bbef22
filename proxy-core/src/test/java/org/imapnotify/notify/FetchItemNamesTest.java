package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.imapnotify.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement("N-106")
class FetchItemNamesTest {
    private static final List<FetchAtt> ASKED = attributes("UID", "RFC822", "RFC822.TEXT", "BODY[1]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* 12 FETCH (UID 5 BODY[] {3}        | * 12 FETCH (UID 5 RFC822 {3}",
                "* 12 FETCH (BODY[] NIL UID 5)       | * 12 FETCH (RFC822 NIL UID 5)",
                "* 12 FETCH (BODY[TEXT] \"BODY[] x\" BODY[] \"a\\\\\\\" BODY[] \") | * 12 FETCH (RFC822.TEXT \"BODY[] x\" RFC822 \"a\\\\\\\" BODY[] \")",
                "* 12 FETCH (FLAGS (BODY[] \\Seen) body[] {3+} | * 12 FETCH (FLAGS (BODY[] \\Seen) RFC822 {3+}",
                "* 12 FETCH (FLAGS () UID 5)         | * 12 FETCH (FLAGS () UID 5)",
                "* 12 FETCH (BODY[1] \"x\")          | * 12 FETCH (BODY[1] \"x\")",
                "* 12 FETCH (BODY[HEADER.FIELDS (A \"] BODY[] \" B)] \"x\" BODY[] \"y\") | * 12 FETCH (BODY[HEADER.FIELDS (A \"] BODY[] \" B)] \"x\" RFC822 \"y\")",
                "* 12 FETCH (BODY ((\"BODY[]\" \"x\" NIL) \"mixed\") BODY[]<0> \"y\") | * 12 FETCH (BODY ((\"BODY[]\" \"x\" NIL) \"mixed\") BODY[]<0> \"y\")",
                "* 12 FETCH ()                       | * 12 FETCH ()",
            })
    void renamesTheItemsAndNothingElse(String line, String expected) {
        assertThat(new FetchItemNames(ASKED).rename(line + "\r\n")).isEqualTo(expected + "\r\n");
    }

    @Test
    void goesOnAfterALiteral() {
        FetchItemNames names = new FetchItemNames(ASKED);
        assertThat(names.rename("* 12 FETCH (BODY[] {3}\r\n")).isEqualTo("* 12 FETCH (RFC822 {3}\r\n");
        assertThat(names.rename(" BODY[TEXT] {3}\r\n")).isEqualTo(" RFC822.TEXT {3}\r\n");
        assertThat(names.rename(" UID 5)\r\n")).isEqualTo(" UID 5)\r\n");
    }

    @Test
    void givesTheSameHoweverTheLineIsCut() {
        String line = "* 12 FETCH (UID 5 BODY[TEXT] \"a \\\" BODY[]\" BODY[HEADER.FIELDS (A B)] NIL BODY[] {3}\r\n";
        String whole = new FetchItemNames(ASKED).rename(line);
        assertThat(whole).contains(" RFC822.TEXT ").contains(" RFC822 {3}");
        for (int cut = 0; cut <= line.length(); cut++) {
            FetchItemNames names = new FetchItemNames(ASKED);
            assertThat(names.rename(line.substring(0, cut)) + names.rename(line.substring(cut)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void isNeededForRfc822AndItsTextOnly() {
        assertThat(FetchItemNames.needed(ASKED)).isTrue();
        assertThat(FetchItemNames.needed(attributes("RFC822.HEADER", "RFC822.SIZE", "BODY[]", "BODY[TEXT]<0.5>")))
                .isFalse();
    }

    private static List<FetchAtt> attributes(String... written) {
        return Arrays.stream(written).map(Notify::fetchAtt).toList();
    }
}
