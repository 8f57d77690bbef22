package org.imapnotify.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mailbox name in the one form that names are compared in: its octets in modified UTF-7 (RFC 3501, 5.1.3) as a Latin-1
 * string, with INBOX in capitals whatever case it came in. Octets that are no valid modified UTF-7 stay as they came.
 * They have an order so that maps of names that were chosen to have one hash stay quick (hash flooding).
 */
public record MailboxName(String octets) implements Comparable<MailboxName> {
    public static final MailboxName INBOX = new MailboxName("INBOX");

    public MailboxName {
        if (octets.equalsIgnoreCase("INBOX")) {
            octets = "INBOX";
        }
    }

    /** A name as it is written before ENABLE UTF8=ACCEPT. */
    public static MailboxName of(String octets) {
        return new MailboxName(octets);
    }

    /** A name as it is written after ENABLE UTF8=ACCEPT (RFC 6855); octets that are no UTF-8 stay as they came. */
    public static MailboxName ofUtf8(String octets) {
        return new MailboxName(Utf8.decode(octets).map(ModifiedUtf7::encode).orElse(octets));
    }

    /**
     * The name as it is written after ENABLE UTF8=ACCEPT. Octets that are no canonical modified UTF-7 are given unchanged; for
     * them alone {@link #ofUtf8} need not lead back.
     */
    public String utf8Octets() {
        return ModifiedUtf7.decode(octets).map(Utf8::encode).orElse(octets);
    }

    /** The name for humans, in Unicode; what could forge or reorder a log line is escaped. */
    public String display() {
        String text = ModifiedUtf7.decode(octets).or(() -> Utf8.decode(octets)).orElse(octets);
        return text.codePoints().mapToObj(MailboxName::visible).collect(Collectors.joining());
    }

    private static String visible(int c) {
        int type = Character.getType(c);
        boolean hidden = Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return hidden ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c);
    }

    public boolean isInbox() {
        return octets.equals("INBOX");
    }

    /** Whether this is a descendant of {@code parent}, at any depth; false when there is no delimiter (0). */
    public boolean isBelow(MailboxName parent, char delimiter) {
        int length = parent.octets.length();
        return delimiter != 0
                && octets.length() > length
                && octets.charAt(length) == delimiter
                && octets.regionMatches(parent.isInbox(), 0, parent.octets, 0, length);
    }

    /** The name one level up; empty at the top and where there is no delimiter (0). */
    public Optional<MailboxName> parent(char delimiter) {
        int cut = delimiter == 0 ? -1 : octets.lastIndexOf(delimiter);
        return cut <= 0 ? Optional.empty() : Optional.of(new MailboxName(octets.substring(0, cut)));
    }

    @Override
    public int compareTo(MailboxName other) {
        return octets.compareTo(other.octets);
    }

    /** What this is called after {@code from}, which is this or above it, has been renamed; empty when it has nothing to do with that. */
    public Optional<MailboxName> renamed(MailboxName from, MailboxName to, char delimiter) {
        return equals(from) || isBelow(from, delimiter)
                ? Optional.of(new MailboxName(to.octets + octets.substring(from.octets.length())))
                : Optional.empty();
    }

    /** {@link #display()}, because names end up in log lines. */
    @Override
    public String toString() {
        return display();
    }
}
