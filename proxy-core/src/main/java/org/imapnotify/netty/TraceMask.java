package org.imapnotify.netty;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Takes logins out of a conversation: what follows LOGIN or AUTHENTICATE, all until its tagged response, and what that says. */
final class TraceMask {
    static final String MASKED = "[masked]";
    /** More of a line is not shown. */
    static final int LONGEST = 400;

    private final Set<String> logins = new HashSet<>();

    /**
     * A command as it may be shown. One without a tag is taken for a login too when it looks like one; while a login is not
     * answered everything may belong to it.
     */
    String command(String line) {
        String[] words = line.strip().split("[ \\t]+", 3);
        for (int i = 0; i < Math.min(2, words.length); i++) {
            if (isLogin(words[i])) {
                logins.add(words[0]);
                return String.join(" ", words[0], i == 0 ? "" : words[1], MASKED)
                        .replace("  ", " ");
            }
        }
        return logins.isEmpty() ? line : MASKED;
    }

    /** A response as it may be shown: some servers repeat what they do not like. */
    String response(String line) {
        String[] words = line.split(" ", 3);
        if (logins.remove(words[0])) {
            return words[0] + " " + (words.length > 1 ? words[1] + " " : "") + MASKED;
        }
        return words[0].equals("+") && !logins.isEmpty() ? "+ " + MASKED : line;
    }

    private static boolean isLogin(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        return name.equals("LOGIN") || name.equals("AUTHENTICATE");
    }
}
