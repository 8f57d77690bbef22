package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GrammarProperties {
    private static final List<Consumer<ImapReader>> RULES = List.of(
            ImapReader::tag,
            ImapReader::atom,
            ImapReader::flag,
            ImapReader::astring,
            ImapReader::nstring,
            ImapReader::quoted,
            ImapReader::literal,
            ImapReader::number,
            ImapReader::skipValue,
            ImapReader::mailbox,
            ImapReader::mailboxThenList,
            ImapReader::mailboxThenEnd,
            ImapReader::rest,
            reader -> Response.parse(reader.rest().getBytes(StandardCharsets.ISO_8859_1)));

    @Property
    void readsBackEveryAstringItWrites(@ForAll("octets") String first, @ForAll("octets") String second) {
        readsBack(new ImapWriter().astring(first).sp().string(second).crlf(), first, second);
        readsBack(new ImapWriter().astring(first).sp().literal(second).crlf(), first, second);
    }

    private static void readsBack(ImapWriter writer, String first, String second) {
        ImapReader reader = new ImapReader(writer.toBytes());
        assertThat(reader.astring()).isEqualTo(first);
        reader.space();
        assertThat(reader.astring()).isEqualTo(second);
        reader.end();
    }

    @Property
    void passesOverEveryAstringItWrites(@ForAll("octets") String first, @ForAll("octets") String second) {
        byte[] list = new ImapWriter()
                .raw("(")
                .astring(first)
                .raw(" (")
                .astring(second)
                .raw("))")
                .toBytes();
        ImapReader reader = new ImapReader(list);
        reader.skipValue();
        assertThat(reader.position()).isEqualTo(list.length);
    }

    @Property
    void namesSurviveModifiedUtf7(@ForAll("unicode") String text) {
        MailboxName name = MailboxName.ofUtf8(Utf8.encode(text));
        assertThat(name.octets().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode(text))).contains(text);
        assertThat(MailboxName.ofUtf8(name.utf8Octets())).isEqualTo(name);
    }

    @Property
    void namesOfAnyOctetsAreReadBackAsWritten(@ForAll("octets") String octets) {
        MailboxName name = MailboxName.of(octets);
        assertThat(new ImapReader(new ImapWriter().mailbox(name, false).toBytes()).mailbox())
                .isEqualTo(name);
        assertThat(new ImapReader(new ImapWriter().mailbox(name, true).toBytes()).astring())
                .isEqualTo(name.utf8Octets());
    }

    /** One that decodes is the only spelling of its text; one that does not is left alone. */
    @Property(tries = 1000)
    void decodingAnyOctetsLosesNothing(@ForAll("nearUtf7") String octets) {
        MailboxName name = MailboxName.of(octets);
        String utf8 = name.utf8Octets();
        assertThat(utf8.equals(name.octets()) || MailboxName.ofUtf8(utf8).equals(name))
                .isTrue();
        assertThat(name.display()).doesNotContain("\r", "\n", "\0");
    }

    @Property
    void looseNamesAgreeWithTheRuleOnWhatFollowsTheRule(@ForAll("octets") String octets) {
        MailboxName name = MailboxName.of(octets);
        byte[] status = new ImapWriter()
                .mailbox(name, false)
                .raw(" (MESSAGES 1 MAILBOXID (x))\r\n")
                .toBytes();
        assertThat(new ImapReader(status).mailboxThenList()).isEqualTo(name);
        assertThat(new ImapReader(new ImapWriter().mailbox(name, false).crlf().toBytes()).mailboxThenEnd())
                .isEqualTo(name);
    }

    @Property(tries = 1000)
    void anyOctetsAreReadOrRefusedByEveryRule(@ForAll("nearImap") String message) {
        for (Consumer<ImapReader> rule : RULES) {
            ImapReader reader = new ImapReader(message.getBytes(StandardCharsets.ISO_8859_1));
            try {
                rule.accept(reader);
                assertThat(reader.position()).isBetween(0, message.length());
            } catch (ProtocolException refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
    }

    @Property(tries = 1000)
    void anyResponseIsKeptOctetForOctet(@ForAll("nearImap") String rest) {
        String message = "* OK " + rest + "\r\n";
        Response response = Response.parse(message.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(response.latin1()).isEqualTo(message);
        assertThat(response.code().orElse("")).hasSizeLessThan(message.length());
        assertThat(response.text().length() + response.arguments().position()).isLessThanOrEqualTo(message.length());
    }

    @Provide
    static Arbitrary<String> octets() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .withChars("\"\\\r\n {}()NIL")
                .ofMaxLength(40);
    }

    /** No controls and no lone surrogates: those are kept encoded. */
    @Provide
    static Arbitrary<String> unicode() {
        return Arbitraries.integers()
                .between(' ', Character.MAX_CODE_POINT)
                .filter(c -> c != 0x7f && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .injectDuplicates(0.1)
                .list()
                .ofMaxSize(20)
                .map(points -> points.stream().map(Character::toString).reduce("&a", String::concat));
    }

    @Provide
    static Arbitrary<String> nearUtf7() {
        return Arbitraries.of("&", "-", "AOk", "A", "2D3eAA", "2D0", ",", "a", "&-", "&AOk-", "\u00e9", "\n", "=")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    static Arbitrary<String> nearImap() {
        Arbitrary<String> tokens = Arbitraries.of(
                "(",
                ")",
                "\"",
                "\\",
                "{",
                "}",
                "{3}\r\n",
                "{0+}\r\n",
                "~{1}\r\n",
                "[",
                "]",
                "BODY[",
                "<0.5>",
                " ",
                "\r\n",
                "\n",
                "NIL",
                "*",
                "+",
                "12",
                "OK",
                "STATUS ",
                "FETCH (",
                "INBOX",
                "&AOk-",
                "\u00a5\u00b6",
                "\0",
                "{99999999999}\r\n");
        return tokens.list().ofMaxSize(14).map(parts -> String.join("", parts));
    }
}
