package org.imapnotify.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.wire.Fragmenter.Direction;
import org.imapnotify.wire.Fragmenter.Limits;

/** What a {@link Fragmenter} has to find, said in the plainest way: the whole conversation is one string, and patterns read it. */
final class ReferenceCut {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("\\{(\\d+)(\\+?)}\r?\n\\z");
    private static final Pattern STATUS = Pattern.compile("(?si)\\*.(OK|NO|BAD|BYE|PREAUTH)[ \r\n].*");

    private final Direction direction;
    private final Limits limits;
    private final String octets;
    private final BooleanSupplier wanted;
    private final List<List<String>> messages = new ArrayList<>();
    private int position;
    private boolean failed;

    ReferenceCut(Direction direction, Limits limits, String octets, BooleanSupplier wanted) {
        this.direction = direction;
        this.limits = limits;
        this.octets = octets;
        this.wanted = wanted;
        while (message()) {
            // on to the next message
        }
    }

    List<List<String>> messages() {
        return messages;
    }

    boolean failed() {
        return failed;
    }

    private boolean message() {
        List<String> message = new ArrayList<>();
        boolean data = true;
        while (true) {
            int lf = octets.indexOf('\n', position);
            String line = octets.substring(position, lf < 0 ? octets.length() : lf + 1);
            failed = line.length() > limits.maxLine();
            if (failed || lf < 0) {
                return false;
            }
            position = lf + 1;
            data = message.isEmpty() ? announces(line) : data;
            message.add(line);
            Matcher announcement = ANNOUNCEMENT.matcher(line);
            if (!data || !announcement.find()) {
                break;
            }
            failed = tooLong(announcement.group(1));
            if (failed) {
                return false;
            }
            if (direction == Direction.CLIENT && announcement.group(2).isEmpty() && !wanted.getAsBoolean()) {
                break;
            }
            int literal = Integer.parseInt(announcement.group(1));
            if (octets.length() - position < literal) {
                return false;
            }
            if (literal > 0) {
                message.add('<' + octets.substring(position, position + literal) + '>');
            }
            position += literal;
        }
        messages.add(message);
        return true;
    }

    private boolean announces(String line) {
        return direction == Direction.CLIENT
                || (line.startsWith("*") && !STATUS.matcher(line).matches());
    }

    private boolean tooLong(String digits) {
        return digits.length() > 19 || new BigInteger(digits).compareTo(BigInteger.valueOf(limits.maxLiteral())) > 0;
    }
}
