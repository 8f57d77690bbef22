package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imapnotify.notify.Notify.fetchAtt;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.imapnotify.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchAttTest {

    @ParameterizedTest
    @Requirement({"N-021", "N-022"})
    @ValueSource(
            strings = {
                "ENVELOPE",
                "FLAGS",
                "INTERNALDATE",
                "UID",
                "BODY",
                "BODYSTRUCTURE",
                "RFC822",
                "RFC822.HEADER",
                "RFC822.SIZE",
                "RFC822.TEXT",
                "BODY[]",
                "BODY.PEEK[]",
                "BODY[TEXT]",
                "BODY[HEADER]",
                "BODY[1]",
                "BODY[1.2.3]",
                "BODY[1.MIME]",
                "BODY[1.2.TEXT]",
                "BODY.PEEK[4.1.HEADER]",
                "BODY.PEEK[HEADER.FIELDS (From To)]",
                "BODY.PEEK[1.HEADER.FIELDS.NOT (X-Mailer)]<0.4294967295>",
                "BODY.PEEK[HEADER.FIELDS (\"x(y)\")]",
                "BODY[]<0.100>",
                "BODY[TEXT]<10.1>",
                "BINARY[]",
                "BINARY[1.2]<0.5>",
                "BINARY.PEEK[1]",
                "BINARY.SIZE[1]",
                "MODSEQ",
                "EMAILID",
                "THREADID",
                "SAVEDATE",
                "PREVIEW",
                "PREVIEW (LAZY)",
                "X-GM-MSGID",
                "X-GM-THRID",
                "X-GM-LABELS"
            })
    void readsAttributes(String written) {
        assertThat(parse(written)).containsExactly(fetchAtt(written));
        assertThat(parse(written).get(0).written()).isEqualTo(written);
        assertThat(parse("UID " + written + " FLAGS")).contains(fetchAtt(written));
    }

    @ParameterizedTest
    @Requirement("N-021")
    @ValueSource(
            strings = {
                "ALL",
                "FAST",
                "FULL",
                "",
                "RFC822.BODY",
                "BODY.PEEK",
                "BODY[",
                "BODY[FOO]",
                "BODY[MIME]",
                "BODY[0]",
                "BODY[01]",
                "BODY[1.]",
                "BODY[1..2]",
                "BODY[1TEXT]",
                "BODY[.TEXT]",
                "BODY[TEXT.1]",
                "BODY[HEADER.FIELDS]",
                "BODY[HEADER.FIELDS ()]",
                "BODY[HEADER.FIELDS (From ]",
                "BODY[HEADER.FIELDS (From  To)]",
                "BODY[HEADER.FIELDS From]",
                "BODY[HEADER (From)]",
                "BODY[HEADER.FIELDS (\"a b\")]",
                "BODY[HEADER.FIELDS (a:)]",
                "BODY[HEADER.FIELDS ({2}\r\n\r\n)]",
                "BODY []",
                "BODY[]<0>",
                "BODY[]<0.0>",
                "BODY[]<.1>",
                "BODY[]<1.>",
                "BODY[]<0.4294967296>",
                "BODY[]<99999999999999999999.1>",
                "BODY[]<0.1",
                "RFC822<0.1>",
                "RFC822[]",
                "BINARY",
                "BINARY[TEXT]",
                "BINARY[1.]",
                "BINARY.SIZE[1]<0.1>",
                "PREVIEW (FUZZY)",
                "PREVIEW ()",
                "UID (LAZY)",
                "\"UID\"",
                "ANNOTATION (/comment value)",
                "(UID)"
            })
    void refusesWhatIsNoAttribute(String written) {
        assertThatThrownBy(() -> parse(written))
                .isInstanceOf(NotifyRefused.class)
                .hasMessageStartingWith("BAD ");
    }

    @Test
    @Requirement("N-022")
    void takesAttributesOfExtensionsOnlyWhereUpstreamHasThem() {
        assertThat(accepted(Set.of())).isEmpty();
        assertThat(accepted(Set.of("CONDSTORE"))).containsExactly("MODSEQ");
        assertThat(accepted(Set.of("QRESYNC"))).containsExactly("MODSEQ");
        assertThat(accepted(Set.of("OBJECTID"))).containsExactly("EMAILID", "THREADID");
        assertThat(accepted(Set.of("PREVIEW"))).containsExactly("PREVIEW");
        assertThat(accepted(Set.of("SAVEDATE"))).containsExactly("SAVEDATE");
        assertThat(accepted(Set.of("BINARY"))).containsExactly("BINARY[1]", "BINARY.SIZE[1]");
        assertThat(accepted(Set.of("IMAP4REV2"))).containsExactly("BINARY[1]", "BINARY.SIZE[1]");
        assertThat(accepted(Set.of("X-GM-EXT-1"))).containsExactly("X-GM-MSGID", "X-GM-LABELS");
    }

    private static Stream<String> accepted(Set<String> capabilities) {
        return Stream.of(
                        "MODSEQ",
                        "EMAILID",
                        "THREADID",
                        "PREVIEW",
                        "SAVEDATE",
                        "BINARY[1]",
                        "BINARY.SIZE[1]",
                        "X-GM-MSGID",
                        "X-GM-LABELS")
                .filter(att -> isAccepted(att, Notify.having(capabilities)));
    }

    private static boolean isAccepted(String att, Supported supported) {
        try {
            parse(att, supported);
            return true;
        } catch (NotifyRefused refused) {
            return false;
        }
    }

    @ParameterizedTest
    @Requirement("N-106")
    @CsvSource({
        "RFC822, BODY.PEEK[], BODY[], RFC822",
        "RFC822.TEXT, BODY.PEEK[TEXT], BODY[TEXT], RFC822.TEXT",
        "RFC822.HEADER, RFC822.HEADER, RFC822.HEADER, RFC822.HEADER",
        "RFC822.SIZE, RFC822.SIZE, RFC822.SIZE, RFC822.SIZE",
        "BODY, BODY, BODY, BODY",
        "BODY[], BODY.PEEK[], BODY[], BODY[]",
        "BODY[1.MIME]<5.10>, BODY.PEEK[1.MIME]<5.10>, BODY[1.MIME]<5>, BODY[1.MIME]<5>",
        "BODY.PEEK[TEXT]<0.100>, BODY.PEEK[TEXT]<0.100>, BODY[TEXT]<0>, BODY[TEXT]<0>",
        "BODY[HEADER.FIELDS (From)], BODY.PEEK[HEADER.FIELDS (From)], BODY[HEADER.FIELDS (From)], BODY[HEADER.FIELDS (From)]",
        "BINARY[1], BINARY.PEEK[1], BINARY[1], BINARY[1]",
        "BINARY.PEEK[1], BINARY.PEEK[1], BINARY[1], BINARY[1]",
        "BINARY.SIZE[1], BINARY.SIZE[1], BINARY.SIZE[1], BINARY.SIZE[1]",
        "PREVIEW (LAZY), PREVIEW (LAZY), PREVIEW, PREVIEW"
    })
    void asksWithoutSettingSeen(String written, String peekForm, String upstreamItem, String clientItem) {
        FetchAtt att = fetchAtt(written);
        assertThat(att.peekForm()).isEqualTo(peekForm);
        assertThat(att.upstreamItem()).isEqualTo(upstreamItem);
        assertThat(att.clientItem()).isEqualTo(clientItem);
        assertThat(att.isRenamed()).isEqualTo(!clientItem.equals(upstreamItem));
    }

    @Test
    @Requirement("N-106")
    void givesAnsweredItemsTheClientsName() {
        List<FetchAtt> asked = parse("UID rfc822 RFC822.TEXT");
        assertThat(FetchAtt.clientName(asked, "BODY[]")).contains("RFC822");
        assertThat(FetchAtt.clientName(asked, "body[text]")).contains("RFC822.TEXT");
        assertThat(FetchAtt.clientName(asked, "UID")).isEmpty();
        assertThat(FetchAtt.clientName(asked, "BODY[1]")).isEmpty();
        assertThat(FetchAtt.clientName(parse("RFC822 BODY[]"), "BODY[]")).isEmpty();
    }

    @Test
    @Requirement({"N-102", "N-109"})
    void asksForEachItemOnceAndForUid() {
        assertThat(FetchAtt.upstreamList(parse("RFC822 BODY[] BODY.PEEK[] FLAGS")))
                .isEqualTo("(UID BODY.PEEK[] FLAGS)");
        assertThat(FetchAtt.upstreamList(parse("FLAGS UID"))).isEqualTo("(UID FLAGS)");
        assertThat(FetchAtt.upstreamList(List.of())).isEqualTo("(UID)");
    }

    @Test
    @Requirement("N-210")
    void knowsThatModSeqEnablesCondstore() {
        assertThat(parse("modseq").get(0).enablesCondstore()).isTrue();
        assertThat(parse("FLAGS").get(0).enablesCondstore()).isFalse();
    }

    @Test
    @Requirement("N-021")
    void writesHeaderNamesThatCameAsLiteralsOnOneLine() {
        assertThat(parse("body[header.fields ({4}\r\nFrom \"To\" {3}\r\na\"b)]")
                        .get(0)
                        .peekForm())
                .isEqualTo("BODY.PEEK[HEADER.FIELDS (From To \"a\\\"b\")]");
    }

    private static List<FetchAtt> parse(String fetchAtts) {
        return parse(fetchAtts, Notify.having(Notify.EVERYTHING));
    }

    private static List<FetchAtt> parse(String fetchAtts, Supported supported) {
        NotifyCommand command =
                Notify.parse(" SET (SELECTED (MessageNew (" + fetchAtts + ") MessageExpunge))", supported);
        return ((NotifyCommand.Set) command).groups().get(0).fetchAtts();
    }
}
