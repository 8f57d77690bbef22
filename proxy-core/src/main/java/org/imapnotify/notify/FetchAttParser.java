package org.imapnotify.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.imapnotify.wire.ImapReader;

/**
 * Reads the FETCH attributes of MessageNew: single attributes only, no macros, and of extensions those that upstream
 * has.
 *
 * <pre>
 * fetch-att      = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822" [".HEADER" / ".SIZE" / ".TEXT"] / "UID" /
 *                  "BODY" ["STRUCTURE"] / "BODY" [".PEEK"] section ["&lt;" number "." nz-number "&gt;"]
 * section        = "[" [section-msgtext / (section-part ["." (section-msgtext / "MIME")])] "]"
 * section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
 * section-part   = nz-number *("." nz-number)
 * </pre>
 */
final class FetchAttParser {
    private static final Set<String> PLAIN = Set.of(
            "ENVELOPE",
            "FLAGS",
            "INTERNALDATE",
            "RFC822",
            "RFC822.HEADER",
            "RFC822.SIZE",
            "RFC822.TEXT",
            "BODYSTRUCTURE",
            "UID");
    private static final long MAX_NUMBER = 0xFFFF_FFFFL;

    private final ImapReader in;
    private final Set<String> extensions;

    FetchAttParser(ImapReader in, Set<String> extensions) {
        this.in = in;
        this.extensions = extensions;
    }

    /** {@code "(" fetch-att *(SP fetch-att) ")"}. */
    List<FetchAtt> list() {
        List<FetchAtt> atts = new ArrayList<>();
        in.expect('(');
        boolean more;
        do {
            FetchAtt att = fetchAtt();
            more = in.skip(' ');
            if (more && in.peek() == '(') {
                att = withModifiers(att);
                more = in.skip(' ');
            }
            atts.add(att);
        } while (more);
        in.expect(')');
        return atts;
    }

    private FetchAtt fetchAtt() {
        String name = word();
        if (PLAIN.contains(name) || (name.equals("BODY") && in.peek() != '[')) {
            return FetchAtt.of(name);
        }
        if (name.equals("BODY") || name.equals("BODY.PEEK")) {
            return new FetchAtt(name, section() + partial());
        }
        if (!extensions.contains(name)) {
            throw NotifyRefused.bad("unknown FETCH attribute");
        }
        return switch (name) {
            case "BINARY", "BINARY.PEEK" -> new FetchAtt(name, binarySection() + partial());
            case "BINARY.SIZE" -> new FetchAtt(name, binarySection());
            default -> FetchAtt.of(name);
        };
    }

    /** {@code "PREVIEW" [SP "(" "LAZY" *(SP "LAZY") ")"]} (RFC 8970). */
    private FetchAtt withModifiers(FetchAtt att) {
        if (!att.name().equals("PREVIEW")) {
            throw NotifyRefused.bad("'(' after " + att.name());
        }
        in.expect('(');
        do {
            if (!word().equals("LAZY")) {
                throw NotifyRefused.bad("unknown PREVIEW modifier");
            }
        } while (in.skip(' '));
        in.expect(')');
        return new FetchAtt(att.name(), " (LAZY)");
    }

    private String section() {
        in.expect('[');
        StringBuilder section = new StringBuilder("[");
        boolean inPart = isDigit(in.peek());
        if (inPart) {
            sectionPart(section);
        }
        if (isLetter(in.peek())) {
            sectionText(section, inPart);
        } else if (section.charAt(section.length() - 1) == '.') {
            throw NotifyRefused.bad("part expected after '.'");
        }
        in.expect(']');
        return section.append(']').toString();
    }

    /** RFC 3516: {@code section-binary = "[" [section-part] "]"}. */
    private String binarySection() {
        in.expect('[');
        StringBuilder section = new StringBuilder("[");
        if (in.peek() != ']') {
            sectionPart(section);
        }
        in.expect(']');
        if (section.charAt(section.length() - 1) == '.') {
            throw NotifyRefused.bad("a part number expected");
        }
        return section.append(']').toString();
    }

    /** The numbers, and a dot at their end when a text follows. */
    private void sectionPart(StringBuilder section) {
        do {
            section.append(nzNumber());
            if (!in.skip('.')) {
                return;
            }
            section.append('.');
        } while (isDigit(in.peek()));
    }

    private void sectionText(StringBuilder section, boolean inPart) {
        String text = word();
        boolean known = switch (text) {
            case "HEADER", "TEXT", "HEADER.FIELDS", "HEADER.FIELDS.NOT" -> true;
            case "MIME" -> inPart;
            default -> false;
        };
        if (!known || (inPart && section.charAt(section.length() - 1) != '.')) {
            throw NotifyRefused.bad("unknown section");
        }
        section.append(text);
        if (text.startsWith("HEADER.")) {
            in.space();
            headerList(section.append(' '));
        }
    }

    private void headerList(StringBuilder section) {
        in.expect('(');
        char before = '(';
        do {
            section.append(before).append(fieldName(in.astring()));
            before = ' ';
        } while (in.skip(' '));
        in.expect(')');
        section.append(')');
    }

    /** Written anew, so that what came as a literal need not go upstream as one. RFC 5322: printable, no colon. */
    private static String fieldName(String name) {
        boolean quoted = name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ':') {
                throw NotifyRefused.bad("not a header field name");
            }
            quoted |= "(){%*\"\\]".indexOf(c) >= 0;
        }
        return quoted ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : name;
    }

    private String partial() {
        if (!in.skip('<')) {
            return "";
        }
        String origin = digits();
        in.expect('.');
        String partial = "<" + origin + "." + nzNumber() + ">";
        in.expect('>');
        return partial;
    }

    private String nzNumber() {
        String number = digits();
        if (number.startsWith("0")) {
            throw NotifyRefused.bad("a number above 0 expected");
        }
        return number;
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        while (isDigit(in.peek()) && digits.length() < 11) {
            digits.append((char) next());
        }
        if (digits.isEmpty() || Long.parseLong(digits.toString()) > MAX_NUMBER) {
            throw NotifyRefused.bad("a number of 32 bits expected");
        }
        return digits.toString();
    }

    /** Letters, digits, dots and hyphens, in capitals: what names of attributes and sections are made of. */
    private String word() {
        StringBuilder word = new StringBuilder();
        while (isLetter(in.peek()) || isDigit(in.peek()) || in.peek() == '.' || in.peek() == '-') {
            word.append((char) next());
        }
        return word.toString().toUpperCase(Locale.ROOT);
    }

    private int next() {
        int octet = in.peek();
        in.skip((char) octet);
        return octet;
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isLetter(int octet) {
        return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
    }
}
