package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.imapnotify.wire.Response.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    @Test
    void readsATaggedResponse() {
        Response response = parse("a1 OK [READ-WRITE] SELECT completed\r\n");
        assertThat(response.kind()).isEqualTo(Kind.TAGGED);
        assertThat(response.tag()).isEqualTo("a1");
        assertThat(response.isTagged("a1")).isTrue();
        assertThat(response.isTagged("A1")).isFalse();
        assertThat(response.name()).isEqualTo(ResponseName.OK);
        assertThat(response.isStatus()).isTrue();
        assertThat(response.code()).contains("READ-WRITE");
        assertThat(response.text()).isEqualTo("SELECT completed");
        assertThat(response.number()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 OK\r\n", "a1 OK \r\n", "a1 ok\n", "a1  OK  \r\n"})
    void readsATaggedResponseWithoutText(String line) {
        Response response = parse(line);
        assertThat(response.isTagged("a1")).isTrue();
        assertThat(response.name()).isEqualTo(ResponseName.OK);
        assertThat(response.code()).isEmpty();
        assertThat(response.text().strip()).isEmpty();
        assertThat(response.latin1()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+\r\n", "+ \r\n", "+\n"})
    void readsAContinuationWithoutText(String line) {
        Response response = parse(line);
        assertThat(response.kind()).isEqualTo(Kind.CONTINUATION);
        assertThat(response.name()).isEqualTo(ResponseName.OTHER);
        assertThat(response.text()).isEmpty();
        assertThat(response.code()).isEmpty();
    }

    @Test
    void readsTheTextOfAContinuation() {
        assertThat(parse("+ OK idling\r\n").text()).isEqualTo("OK idling");
        assertThat(parse("+ OK idling\r\n").name()).isEqualTo(ResponseName.OTHER);
        assertThat(parse("+idling\r\n").text()).isEqualTo("idling");
        assertThat(parse("+ cGFzcw==\r\n").text()).isEqualTo("cGFzcw==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* 23 EXISTS\r\n", "*  23  exists \r\n", "* 23 Exists\n"})
    void readsANumberedResponse(String line) {
        Response response = parse(line);
        assertThat(response.kind()).isEqualTo(Kind.UNTAGGED);
        assertThat(response.name()).isEqualTo(ResponseName.EXISTS);
        assertThat(response.number()).isEqualTo(23);
        assertThat(response.tag()).isEmpty();
        assertThat(response.arguments().atEnd()).isTrue();
    }

    @Test
    void readsArgumentsAsOftenAsAsked() {
        Response response = parse("* 2 FETCH (UID 7 BODY[] {3}\r\na\r\n)\r\n");
        for (int i = 0; i < 2; i++) {
            ImapReader reader = response.arguments();
            assertThat(reader.value()).isEqualTo("(UID 7 BODY[] {3}\r\na\r\n)");
            assertThat(reader.atEnd()).isTrue();
        }
    }

    @Test
    void keepsUnknownNamesAsWords() {
        Response response = parse("* X-Thing a b\r\n");
        assertThat(response.name()).isEqualTo(ResponseName.OTHER);
        assertThat(response.word()).isEqualTo("X-THING");
        assertThat(response.arguments().rest()).isEqualTo("a b");
    }

    @Test
    void readsTheMalformedFlagsOfImap4d() {
        assertThat(parse("* 1 FETCH FLAGS (\\Flagged \\Recent)\r\n").name()).isEqualTo(ResponseName.FETCH);
    }

    @Test
    void readsResponseCodesWithTheirArguments() {
        Response greeting = parse("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
        assertThat(greeting.code("capability")).contains("IMAP4rev1 IDLE");
        assertThat(greeting.code("CAPA")).isEmpty();
        assertThat(parse("a NO [ALERT] x\r\n").code("ALERT")).contains("");
        assertThat(parse("a NO [BADCHARSET (\"x]y\")] z\r\n").code()).contains("BADCHARSET (\"x]y\")");
        assertThat(parse("a NO [BADCHARSET (\"x]y\")] z\r\n").text()).isEqualTo("z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK [never closed\r\n", "* OK [\"never] closed\r\n"})
    void takesAnOpenCodeForText(String line) {
        assertThat(parse(line).code()).isEmpty();
        assertThat(parse(line).text()).startsWith("[");
    }

    @Test
    void seesNoCodeOutsideStatusResponses() {
        assertThat(parse("* FLAGS [a] b\r\n").code()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*\r\n", "* \r\n", "* 5\r\n", "* 5 \r\n", "a\r\n"})
    void takesAResponseWithoutNameForAnUnknownOne(String line) {
        assertThat(parse(line).name()).isEqualTo(ResponseName.OTHER);
        assertThat(parse(line).word()).isEmpty();
        assertThat(parse(line).arguments().atEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\n", " a OK\r\n", "(a OK\r\n", "* 99999999999999999999 EXISTS\r\n"})
    void refusesWhatIsNoResponse(String line) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> parse(line));
    }

    @Test
    void hidesItsContentFromLogs() {
        assertThat(parse("* OK secret\r\n")).hasToString("Response[UNTAGGED OK]");
    }

    private static Response parse(String message) {
        return Response.parse(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
