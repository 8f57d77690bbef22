package org.imapnotify.wire;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One whole response of the upstream, held in memory with its literals inline.
 *
 * <p>response = continue-req / response-data / response-tagged, taken as servers send it: a tagged response or "+" without text,
 * more than one space, any case, unknown names.
 */
public final class Response {
    /** The three forms of RFC 3501 section 7. */
    public enum Kind {
        TAGGED,
        UNTAGGED,
        CONTINUATION
    }

    private final byte[] octets;
    private final Kind kind;
    private final String tag;
    private final long number;
    private final String word;
    private final ResponseName name;
    private final int arguments;
    private final boolean utf8Names;

    private Response(byte[] octets, Kind kind, String tag, ImapReader reader, boolean utf8Names) {
        this.octets = octets;
        this.utf8Names = utf8Names;
        this.kind = kind;
        this.tag = tag;
        reader.spaces();
        this.number = kind == Kind.UNTAGGED ? leadingNumber(reader) : -1;
        int from = reader.position();
        this.word = kind == Kind.CONTINUATION ? "" : word(reader);
        this.name = ResponseName.of(Unpooled.wrappedBuffer(octets), from, from + word.length());
        reader.spaces();
        this.arguments = reader.position();
    }

    /** Reads the head of a response; its arguments are read when they are asked for. */
    public static Response parse(byte[] octets) {
        return parse(octets, false);
    }

    /** @param utf8Names mailbox names are written as after ENABLE UTF8=ACCEPT (RFC 6855) */
    public static Response parse(byte[] octets, boolean utf8Names) {
        ImapReader reader = new ImapReader(octets);
        if (reader.atEnd()) {
            throw new ProtocolException("response without content");
        }
        if (reader.skip('+')) {
            return new Response(octets, Kind.CONTINUATION, "", reader, utf8Names);
        }
        if (reader.skip('*')) {
            return new Response(octets, Kind.UNTAGGED, "", reader, utf8Names);
        }
        return new Response(octets, Kind.TAGGED, reader.tag(), reader, utf8Names);
    }

    private static long leadingNumber(ImapReader reader) {
        if (reader.peek() < '0' || reader.peek() > '9') {
            return -1;
        }
        long number = reader.number();
        reader.spaces();
        return number;
    }

    private static String word(ImapReader reader) {
        int from = reader.position();
        while (!reader.atEnd() && reader.peek() != ' ') {
            reader.skip((char) reader.peek());
        }
        return reader.slice(from, reader.position());
    }

    public Kind kind() {
        return kind;
    }

    /** The tag as it came, empty unless {@link Kind#TAGGED}. */
    public String tag() {
        return tag;
    }

    public boolean isTagged(String tag) {
        return kind == Kind.TAGGED && this.tag.equals(tag);
    }

    /** {@link ResponseName#OTHER} for unknown names and continuations. */
    public ResponseName name() {
        return name;
    }

    /** The name as a word in upper case, known or not; empty for continuations. */
    public String word() {
        return word.toUpperCase(Locale.ROOT);
    }

    /** Of "* n NAME": n; -1 when there is none. */
    public long number() {
        return number;
    }

    /** OK, NO, BAD, BYE or PREAUTH: what follows is resp-text. */
    public boolean isStatus() {
        return name.isStatus();
    }

    /** What stands in brackets at the head of resp-text, such as {@code UIDNEXT 4392}. */
    public Optional<String> code() {
        int close = codeEnd();
        return close < 0 ? Optional.empty() : Optional.of(arguments().slice(arguments + 1, close));
    }

    /** What follows {@code name} in the response code of that name (case does not matter); empty when the code is another. */
    public Optional<String> code(String name) {
        return code().filter(code -> code.regionMatches(true, 0, name, 0, name.length()))
                .map(code -> code.substring(name.length()))
                .filter(rest -> rest.isEmpty() || rest.charAt(0) == ' ')
                .map(String::strip);
    }

    /** resp-text without its code: for humans, and for nothing else. Of a continuation, what follows "+". */
    public String text() {
        int close = codeEnd();
        ImapReader reader = new ImapReader(octets, close < 0 ? arguments : close + 1, octets.length);
        reader.spaces();
        return reader.rest();
    }

    /** Index of the bracket that ends the response code, or -1; a bracket inside a quoted string does not end it. */
    private int codeEnd() {
        if (!(isStatus() || kind == Kind.CONTINUATION) || arguments().peek() != '[') {
            return -1;
        }
        boolean quoted = false;
        for (int i = arguments + 1; i < octets.length; i++) {
            if (octets[i] == '"' && octets[i - 1] != '\\') {
                quoted = !quoted;
            } else if (octets[i] == ']' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** A reader of what follows the name; a new one at each call. */
    public ImapReader arguments() {
        return new ImapReader(octets, arguments, octets.length).utf8Names(utf8Names);
    }

    /** The octets that came, line end included. */
    public String latin1() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    public byte[] toBytes() {
        return octets.clone();
    }

    @Override
    public String toString() {
        return "Response[" + kind + " " + name + "]";
    }
}
