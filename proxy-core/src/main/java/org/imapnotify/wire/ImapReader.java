package org.imapnotify.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A cursor over one whole command or response held in memory, its literals inline as on the wire. Methods are named for the
 * rules of RFC 3501 section 9, give octets as Latin-1 strings and throw {@link ProtocolException} where the rule does not match.
 *
 * <p>It takes what real servers send: octets above 0x7f are atom characters, because Cyrus sends raw octets as MAILBOXID.
 */
public final class ImapReader {
    /** BODYSTRUCTURE of a legitimate message stays far below; deeper nesting is an attack on the stack. */
    static final int MAX_DEPTH = 100;

    private final byte[] octets;
    /** Where the last line's end begins, and where the message ends: a literal may reach up to the latter. */
    private final int end;

    private final int limit;
    private int position;
    private int depth;
    private boolean utf8Names;

    public ImapReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    /** Reads {@code octets[from..to)}, a line end at the end not counted; the array is not copied and must not change. */
    public ImapReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.position = from;
        this.limit = to;
        int end = to;
        if (end > from && octets[end - 1] == '\n') {
            end--;
        }
        if (end > from && octets[end - 1] == '\r') {
            end--;
        }
        this.end = end;
    }

    /** The mailbox names are written as after ENABLE UTF8=ACCEPT. */
    ImapReader utf8Names(boolean utf8) {
        utf8Names = utf8;
        return this;
    }

    /** Nothing is left but the line end. */
    public boolean atEnd() {
        return position >= end;
    }

    /** Index into the array given at construction. */
    public int position() {
        return position;
    }

    /** Goes back (or ahead) to what {@link #position()} gave. */
    void position(int position) {
        this.position = position;
    }

    /** The next octet, or -1 at the end. */
    public int peek() {
        return position < end ? octets[position] & 0xff : -1;
    }

    /** Takes {@code c} if it is next. */
    public boolean skip(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    public void expect(char c) {
        if (!skip(c)) {
            throw expected(c == ' ' ? "space" : "'" + c + "'");
        }
    }

    /** SP: exactly one. */
    public void space() {
        expect(' ');
    }

    /** Any number of spaces, none included. */
    public void spaces() {
        while (skip(' ')) {}
    }

    /** The end of the message; spaces before it are forgiven. */
    public void end() {
        spaces();
        if (!atEnd()) {
            throw expected("end of line");
        }
    }

    /** tag = 1*&lt;any ASTRING-CHAR except "+"&gt; */
    public String tag() {
        return run(CharClass.TAG, "tag");
    }

    /** atom = 1*ATOM-CHAR */
    public String atom() {
        return run(CharClass.ATOM, "atom");
    }

    /** flag = "\" atom / atom, and "\*" */
    public String flag() {
        int from = position;
        if (skip('\\') && skip('*')) {
            return "\\*";
        }
        atom();
        return slice(from, position);
    }

    /** astring = 1*ASTRING-CHAR / string */
    public String astring() {
        return startsString() ? string() : run(CharClass.ASTRING, "astring");
    }

    /** nstring = string / nil; empty for NIL. */
    public Optional<String> nstring() {
        if (startsString()) {
            return Optional.of(string());
        }
        if (!atom().equalsIgnoreCase("NIL")) {
            throw expected("nstring");
        }
        return Optional.empty();
    }

    /** string = quoted / literal */
    public String string() {
        return peek() == '"' ? quoted() : literal();
    }

    /** mailbox, in modified UTF-7 as before ENABLE UTF8=ACCEPT, unless the message is known to have UTF-8. */
    public MailboxName mailbox() {
        return name(astring());
    }

    MailboxName name(String octets) {
        return utf8Names ? MailboxName.ofUtf8(octets) : MailboxName.of(octets);
    }

    /** mailbox, in UTF-8 when {@code utf8}. */
    public MailboxName mailbox(boolean utf8) {
        return utf8 ? MailboxName.ofUtf8(astring()) : MailboxName.of(astring());
    }

    /**
     * The mailbox of STATUS or METADATA, which a list follows up to the line end. Taken also as imap4d sends it (no quotes
     * whatever the name holds) and GreenMail (no escapes inside quotes).
     */
    public MailboxName mailboxThenList() {
        return LooseMailbox.thenList(this);
    }

    /** The mailbox of LIST or LSUB, which ends the line or is followed by extended data; as forgiving as {@link #mailboxThenList}. */
    public MailboxName mailboxThenEnd() {
        return LooseMailbox.thenEnd(this);
    }

    /** quoted = DQUOTE *QUOTED-CHAR DQUOTE; a backslash before any other character than those two is taken as it is. */
    public String quoted() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (!skip('"')) {
            char c = quotedChar();
            if (c == '\\' && (peek() == '"' || peek() == '\\')) {
                c = quotedChar();
            }
            text.append(c);
        }
        return text.toString();
    }

    private char quotedChar() {
        int c = peek();
        if (c <= 0 || c == '\r' || c == '\n') {
            throw expected("closing quote");
        }
        position++;
        return (char) c;
    }

    /** literal = "{" number ["+"] "}" CRLF *CHAR8, and literal8 with "~" before it. */
    public String literal() {
        int length = literalLength();
        String value = slice(position, position + length);
        position += length;
        return value;
    }

    private int literalLength() {
        skip('~');
        if (!skip('{')) {
            throw expected("string");
        }
        long length = number();
        skip('+');
        expect('}');
        skip('\r');
        expect('\n');
        if (length > limit - position) {
            throw new ProtocolException("literal is longer than its message");
        }
        return (int) length;
    }

    /** number, up to 63 bits as in RFC 7162 and RFC 9051. */
    public long number() {
        int from = position;
        long value = 0;
        for (int c = peek(); c >= '0' && c <= '9'; c = peek()) {
            if (value > (Long.MAX_VALUE - (c - '0')) / 10) {
                throw new ProtocolException("number is larger than 63 bits at octet " + from);
            }
            value = value * 10 + (c - '0');
            position++;
        }
        if (position == from) {
            throw expected("number");
        }
        return value;
    }

    /** "(" [element *(SP element)] ")"; {@code element} reads one from this reader. More spaces, and none before "(", are forgiven. */
    public void list(Runnable element) {
        expect('(');
        enter();
        spaces();
        while (!skip(')')) {
            int before = position;
            element.run();
            if (position == before) {
                throw expected("list element");
            }
            if (peek() != ')' && peek() != '(') {
                space();
            }
            spaces();
        }
        depth--;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ProtocolException("lists are nested deeper than " + MAX_DEPTH);
        }
    }

    /** Passes over any one value: atom, flag, string, list, {@code BODY[...]<...>}, or whatever octets stand there. */
    public void skipValue() {
        AnyValue.skip(this);
    }

    /** One value as it stands on the wire. */
    public String value() {
        int from = position;
        skipValue();
        return slice(from, position);
    }

    /** Everything up to the line end. */
    public String rest() {
        int from = Math.min(position, end);
        position = end;
        return slice(from, end);
    }

    /** The octets between two positions. */
    public String slice(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean startsString() {
        return peek() == '"' || startsLiteral();
    }

    boolean startsLiteral() {
        return peek() == '{' || (peek() == '~' && position + 1 < end && octets[position + 1] == '{');
    }

    private String run(CharClass allowed, String rule) {
        int from = position;
        while (position < end && allowed.has(octets[position])) {
            position++;
        }
        if (position == from) {
            throw expected(rule);
        }
        return slice(from, position);
    }

    /** Another reader of the same message that starts at {@code from}, to look ahead with. */
    ImapReader ahead(int from) {
        return new ImapReader(octets, Math.min(from, limit), limit);
    }

    /** Names the rule and the place, never the octets: they may be a password. */
    ProtocolException expected(String rule) {
        return new ProtocolException("expected " + rule + " at octet " + position);
    }
}
