package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts what one side of a connection says into commands or responses, literals included, as it comes in. */
final class MessageCutter {
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)\\+?\\}\r\n", Pattern.DOTALL);
    /** Status responses end in free text, which may look like a literal. */
    private static final Pattern STATUS = Pattern.compile("(\\+|\\S+ (OK|NO|BAD|BYE|PREAUTH)) .*", Pattern.DOTALL);

    private final Consumer<String> messages;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long literalLeft;

    /** @param messages takes each without its line end, as Latin-1 */
    MessageCutter(Consumer<String> messages) {
        this.messages = messages;
    }

    void take(byte[] octets, int count) {
        for (int i = 0; i < count; i++) {
            held.write(octets[i]);
            if (literalLeft > 0) {
                literalLeft--;
            } else if (octets[i] == '\n') {
                endOfLine(held.toString(ISO_8859_1));
            }
        }
    }

    private void endOfLine(String text) {
        Matcher literal = LITERAL.matcher(text);
        if (literal.matches() && !STATUS.matcher(text).matches()) {
            literalLeft = Long.parseLong(literal.group(1));
        } else {
            held.reset();
            messages.accept(text.stripTrailing());
        }
    }
}
