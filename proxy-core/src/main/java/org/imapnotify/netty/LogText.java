package org.imapnotify.netty;

/** Text from outside on its way into a log line: nothing in it can end the line, move the cursor or pass for another field. */
final class LogText {
    private static final int LONGEST = 160; // as Dovecot cuts it

    private LogText() {}

    /** What went wrong, for humans: the message, or the kind of error where there is none. */
    static String of(Throwable cause) {
        return of(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), false);
    }

    /** @param octets octets as a Latin-1 string */
    static String of(String octets) {
        return of(octets, true);
    }

    private static String of(String octets, boolean field) {
        StringBuilder text = new StringBuilder(Math.min(octets.length(), LONGEST));
        for (int i = 0; i < octets.length() && text.length() < LONGEST; i++) {
            char c = octets.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && !(field && " \"\\,=".indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return text.toString();
    }
}
