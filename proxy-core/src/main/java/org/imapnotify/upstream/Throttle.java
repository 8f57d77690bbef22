package org.imapnotify.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/**
 * How an upstream says that it wants less, and how long it is left alone then, where it does not say that itself.
 *
 * @param sign a response code's name, or words of the text in lower case
 * @param work asks for fewer commands; else for fewer connections alone
 */
record Throttle(boolean isCode, String sign, boolean work, Duration rest) {
    /** Microsoft 365: "Request is throttled. Suggested Backoff Time: 92415 milliseconds". */
    private static final String BACKOFF_TIME = "backoff time:";

    /** Up to 50 minutes have been seen. */
    private static final long LONGEST_MILLIS = Duration.ofHours(2).toMillis();

    /** The first that fits counts. Codes are those of RFC 5530 and Gmail; the words are those of servers that know none. */
    private static final List<Throttle> ALL = List.of(
            words("bandwidth limit", 600), // Gmail: "Account exceeded command or bandwidth limits"
            words("backoff time:", 60), // Microsoft
            words("throttle", 60), // Microsoft
            words("rate limit", 60), // Yahoo: "[LIMIT] Rate limit hit"
            code("THROTTLED", 60), // Gmail, in an OK as well
            words("authenticated but not connected", 60), // Microsoft, when an account has too many connections
            words("server unavailable", 60), // Exchange
            ofConnections("too many simultaneous connections", 30), // Gmail
            ofConnections("maximum number of connections", 10), // Dovecot
            ofConnections("too many connections", 10),
            ofConnections("too many open connections", 10), // Cyrus
            words("too many", 10),
            code("LIMIT", 10),
            new Throttle(true, "UNAVAILABLE", false, Duration.ofSeconds(10)),
            new Throttle(true, "INUSE", false, Duration.ofSeconds(10)));

    /** With these it is the login that is refused, whatever the words say. */
    private static final Set<String> OF_LOGIN =
            Set.of("AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "CONTACTADMIN");

    private static Throttle words(String sign, long seconds) {
        return new Throttle(false, sign, true, Duration.ofSeconds(seconds));
    }

    private static Throttle ofConnections(String sign, long seconds) {
        return new Throttle(false, sign, false, Duration.ofSeconds(seconds));
    }

    private static Throttle code(String sign, long seconds) {
        return new Throttle(true, sign, true, Duration.ofSeconds(seconds));
    }

    /** What this response asks for; an OK is believed by its code alone. */
    static Optional<Throttle> of(Response response) {
        String code = codeName(response);
        if (!response.isStatus() || OF_LOGIN.contains(code)) {
            return Optional.empty();
        }
        String words = response.name() == ResponseName.OK ? "" : response.text().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(throttle -> throttle.isCode() ? throttle.sign().equals(code) : words.contains(throttle.sign()))
                .findFirst()
                .map(throttle -> throttle.said(words));
    }

    private static String codeName(Response response) {
        String code = response.code().orElse("");
        int space = code.indexOf(' ');
        return (space < 0 ? code : code.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    private Throttle said(String words) {
        int at = words.indexOf(BACKOFF_TIME);
        return at < 0
                ? this
                : new Throttle(isCode, sign, work, Duration.ofMillis(number(words, at + BACKOFF_TIME.length())));
    }

    private static long number(String words, int from) {
        int digit = from;
        while (digit < words.length() && words.charAt(digit) == ' ') {
            digit++;
        }
        long number = 0;
        for (; digit < words.length() && Character.digit(words.charAt(digit), 10) >= 0; digit++) {
            number = Math.min(LONGEST_MILLIS, number * 10 + Character.digit(words.charAt(digit), 10));
        }
        return number;
    }
}
