package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImapReaderTest {

    @Test
    void readsACommandRuleByRule() {
        ImapReader reader = on("a1 UID 12 (\\Seen $Junk \\*) \"x\" NIL \r\n");
        assertThat(reader.tag()).isEqualTo("a1");
        reader.space();
        assertThat(reader.atom()).isEqualTo("UID");
        reader.space();
        assertThat(reader.number()).isEqualTo(12);
        reader.space();
        List<String> flags = new ArrayList<>();
        reader.list(() -> flags.add(reader.flag()));
        assertThat(flags).containsExactly("\\Seen", "$Junk", "\\*");
        reader.space();
        assertThat(reader.nstring()).contains("x");
        reader.space();
        assertThat(reader.nstring()).isEmpty();
        reader.end();
        assertThat(reader.atEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "tag\n", "tag\r\n"})
    void endsBeforeAnyLineEnd(String message) {
        ImapReader reader = on(message);
        assertThat(reader.tag()).isEqualTo("tag");
        assertThat(reader.atEnd()).isTrue();
        assertThat(reader.peek()).isEqualTo(-1);
        assertThat(reader.rest()).isEmpty();
    }

    @Test
    void readsOnlyItsPartOfTheArray() {
        ImapReader reader = new ImapReader(octets("xxab\r\nyy"), 2, 6);
        assertThat(reader.atom()).isEqualTo("ab");
        assertThat(reader.atEnd()).isTrue();
        assertThat(reader.position()).isEqualTo(4);
    }

    @Test
    void unescapesQuotedStrings() {
        assertThat(on("\"a \\\"b\\\" \\\\ c\"").astring()).isEqualTo("a \"b\" \\ c");
        assertThat(on("\"\"").astring()).isEmpty();
    }

    @Test
    void keepsABackslashThatEscapesNothing() {
        assertThat(on("\"a\\b\"").quoted()).isEqualTo("a\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"abc", "\"abc\\\"", "\"a\nb\"", "\"a\rb\"", "\"a\0b\""})
    void refusesQuotedStringsThatAreNot(String quoted) {
        refuses(quoted, ImapReader::quoted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{3}\r\na\r\n", "{3+}\r\na\r\n", "~{3}\r\na\r\n", "~{3+}\r\na\r\n", "{3}\na\r\n"})
    void readsEveryFormOfLiteral(String literal) {
        ImapReader reader = on(literal + " z\r\n");
        assertThat(reader.astring()).isEqualTo("a\r\n");
        reader.space();
        assertThat(reader.atom()).isEqualTo("z");
    }

    @Test
    void readsEmptyLiterals() {
        ImapReader reader = on("{0}\r\n {0}\r\n\r\n");
        assertThat(reader.astring()).isEmpty();
        reader.space();
        assertThat(reader.astring()).isEmpty();
        assertThat(reader.atEnd()).isTrue();
    }

    @Test
    void readsALiteralThatLooksLikeALineEndAtTheEndOfTheMessage() {
        ImapReader reader = on("{2}\r\n\r\n");
        assertThat(reader.literal()).isEqualTo("\r\n");
        assertThat(reader.atEnd()).isTrue();
        assertThat(reader.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}\r\n",
                "{x}\r\n",
                "{1\r\na",
                "{1}a",
                "{2}\r\na",
                "{-1}\r\n",
                "{2147483648}\r\na",
                "~",
                "~{",
                "{99999999999999999999}\r\n"
            })
    void refusesLiteralsThatAreNot(String literal) {
        refuses(literal, ImapReader::literal);
    }

    @Test
    void takesOctetsAboveAsciiAsAtomCharacters() {
        assertThat(on("\u00a5\u00b6;H\u0085U)").atom()).isEqualTo("\u00a5\u00b6;H\u0085U");
    }

    @Test
    void takesABracketInAnAstringButNotInAnAtom() {
        assertThat(on("a]b").astring()).isEqualTo("a]b");
        assertThat(on("a]b").atom()).isEqualTo("a");
        assertThat(on("a%b*").astring()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "(", ")", "\u007f", "\0", "\t", "\r\n"})
    void refusesWhatStartsNoAtom(String message) {
        refuses(message, ImapReader::atom);
        refuses(message, ImapReader::astring);
        refuses(message, ImapReader::tag);
        refuses(message, ImapReader::number);
    }

    @Test
    void readsNumbersUpTo63Bits() {
        assertThat(on("9223372036854775807").number()).isEqualTo(Long.MAX_VALUE);
        assertThat(on("007").number()).isEqualTo(7);
        refuses("9223372036854775808", ImapReader::number);
        refuses("99999999999999999999999999", ImapReader::number);
        refuses("-1", ImapReader::number);
    }

    @Test
    void forgivesSpacesInsideListsAndNoneBetweenLists() {
        assertThat(listOfValues("()")).isEmpty();
        assertThat(listOfValues("( )")).isEmpty();
        assertThat(listOfValues("( a  b )")).containsExactly("a", "b");
        assertThat(listOfValues("((a b)(c) \"d\")")).containsExactly("(a b)", "(c)", "\"d\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(a", "(a ", "(a \r\n", "(\"a\"b)", "a)", "((a)"})
    void refusesListsThatAreNot(String list) {
        refuses(list, reader -> reader.list(reader::skipValue));
    }

    @Test
    void refusesAnElementThatReadsNothingInsteadOfLoopingForEver() {
        refuses("(a)", reader -> reader.list(() -> {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "atom",
                "\\Seen",
                "\\*",
                "1:*,5",
                "\"quo\\\"ted (\"",
                "{5}\r\n) (\"\r",
                "()",
                "(a (b \"c)\") {1}\r\n))",
                "BODY[]",
                "BODY[]<0.100>",
                "BODY.PEEK[HEADER.FIELDS (Subject \"From\" {1}\r\n])]<7>",
                "body[1.2.MIME]",
                "BINARY.SIZE[1]",
                "key[word",
                "\u00a5\u00b6;H\u0085U",
                "NIL"
            })
    void passesOverAnyOneValue(String value) {
        ImapReader reader = on(value + " z\r\n");
        assertThat(reader.value()).isEqualTo(value);
        reader.space();
        assertThat(reader.atom()).isEqualTo("z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ")", "(", "BODY[", "BODY[HEADER.FIELDS (a", "\"", "{9}\r\n"})
    void refusesToPassOverNothing(String value) {
        refuses(value, ImapReader::skipValue);
    }

    @Test
    void passesOverDeepListsUpToACapThatSparesTheStack() {
        int cap = ImapReader.MAX_DEPTH;
        assertThat(on("(".repeat(cap) + ")".repeat(cap)).value()).hasSize(2 * cap);
        refuses("(".repeat(cap + 1) + ")".repeat(cap + 1), ImapReader::skipValue);
        refuses("(".repeat(1_000_000), ImapReader::skipValue);
        refuses("(BODY[".repeat(1_000_000), ImapReader::skipValue);
    }

    @Test
    void countsDepthNotLists() {
        ImapReader reader = on("(a)".repeat(5 * ImapReader.MAX_DEPTH));
        while (!reader.atEnd()) {
            assertThat(reader.value()).isEqualTo("(a)");
        }
    }

    @Test
    void tellsThePlaceOfAFaultAndNeverTheOctets() {
        ImapReader reader = on("LOGIN joe (secret");
        reader.atom();
        reader.space();
        reader.astring();
        reader.space();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(reader::astring)
                .withMessage("expected astring at octet 10")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static List<String> listOfValues(String list) {
        ImapReader reader = on(list);
        List<String> values = new ArrayList<>();
        reader.list(() -> values.add(reader.value()));
        reader.end();
        return values;
    }

    private static void refuses(String message, Consumer<ImapReader> read) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read.accept(on(message)));
    }

    private static ImapReader on(String message) {
        return new ImapReader(octets(message));
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
