package org.imapnotify.upstream;

import java.time.Duration;
import java.util.Locale;
import org.imapnotify.wire.Response;

/**
 * Why a connection of our own ended.
 *
 * @param why for humans; holds no credentials
 * @param retryAfter how long the upstream asks to be left alone at least; zero when it does not say
 */
public record Failure(Kind kind, String why, Duration retryAfter) {
    private static final String BACKOFF_TIME = "backoff time:";

    /** What may be done about it. */
    public enum Kind {
        /** The login was refused: never to be tried again with the same secret. */
        REFUSED,
        /** The upstream has too many connections or too much work: fewer connections, later. */
        LIMIT,
        /** Anything else: may work at the next attempt. */
        UNREACHABLE
    }

    public static Failure unreachable(String why) {
        return new Failure(Kind.UNREACHABLE, why, Duration.ZERO);
    }

    /** A refused login, unless the words say that it was not the login that was refused. */
    static Failure ofLogin(Response response) {
        Failure failure = of(response);
        return failure.kind() == Kind.LIMIT ? failure : refused(response.text());
    }

    static Failure refused(String why) {
        return new Failure(Kind.REFUSED, why, Duration.ZERO);
    }

    /** An upstream that says goodbye, or NO or BAD to something that must work. */
    public static Failure of(Response response) {
        String code = codeName(response);
        return isLimit(code, response.text()) ? limit(response.text()) : unreachable(response.text());
    }

    private static Failure limit(String text) {
        return new Failure(Kind.LIMIT, text, Duration.ofMillis(backoffMillis(text)));
    }

    private static String codeName(Response response) {
        String code = response.code().orElse("");
        int space = code.indexOf(' ');
        return space < 0 ? code : code.substring(0, space);
    }

    /** Codes of RFC 5530 and the words of servers that know none: Cyrus "Too many open connections", Exchange "throttled". */
    private static boolean isLimit(String code, String text) {
        String name = code.toUpperCase(Locale.ROOT);
        String words = text.toLowerCase(Locale.ROOT);
        return name.equals("UNAVAILABLE")
                || name.equals("LIMIT")
                || name.equals("THROTTLED")
                || name.equals("INUSE")
                || words.contains("too many")
                || words.contains("maximum number of connections")
                || words.contains("throttle")
                || words.contains(BACKOFF_TIME);
    }

    /** Microsoft 365: "Request is throttled. Suggested Backoff Time: 92415 milliseconds". */
    private static long backoffMillis(String text) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(BACKOFF_TIME);
        long millis = 0;
        if (at >= 0) {
            int digit = at + BACKOFF_TIME.length();
            while (digit < text.length() && text.charAt(digit) == ' ') {
                digit++;
            }
            for (;
                    digit < text.length() && Character.digit(text.charAt(digit), 10) >= 0 && millis < 100_000_000;
                    digit++) {
                millis = millis * 10 + Character.digit(text.charAt(digit), 10);
            }
        }
        return millis;
    }
}
