package org.imapnotify.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes alike what differs between two users of one server at two moments, and what the proxy adds to the capabilities;
 * docs/transparency.md has the reasons.
 */
final class Masks {
    private static final Pattern CAPABILITY = Pattern.compile("CAPABILITY ([^\\]\r\n]*)");
    private static final Pattern IDLE = Pattern.compile("(?<=^|\n)(\\S{1,40}) IDLE\r\n");
    private static final Set<String> PROXYS = Set.of("NOTIFY", "IDLE", "COMPRESS=DEFLATE");
    /** What the proxy says when the server closes without a word, as Cyrus may. */
    static final String GONE = "* BYE [UNAVAILABLE] the mail server closed the connection\r\n";

    /** Each with what stands in its place. */
    private static final List<Mask> MASKS = List.of(
            mask("UIDVALIDITY \\d+", "UIDVALIDITY n"),
            mask("\\[(APPENDUID|COPYUID) \\d+", "[$1 n"),
            mask(" \\(\\d+\\.\\d+ \\+ \\d+\\.\\d+( \\+ \\d+\\.\\d+)? secs\\)", ""),
            mask("INTERNALDATE \"(?!..-Jan-2024)[^\"]*\"", "INTERNALDATE d"),
            mask("\\d+\\.\\d+ sec(s?)", "0.0 sec$1"),
            mask(":internal:[0-9a-f]+", ":internal:h"),
            mask("MAILBOXID \\([^)]*\\)", "MAILBOXID (i)"),
            mask("(?<=LIST \\()([^)]*?) ?\\\\(?i:un)?(?i:marked)", "$1"),
            mask("X-GUID [0-9a-f]+", "X-GUID g"),
            mask("SESSIONID=<[^>]*>", "SESSIONID=s"));

    private record Mask(Pattern pattern, String replacement) {}

    private Masks() {}

    private static Mask mask(String pattern, String replacement) {
        return new Mask(Pattern.compile(pattern), replacement);
    }

    /** Of IDLE no texts are compared: the proxy answers it itself while a registration is in force. */
    static List<String> of(ScriptRun.Batch batch, String user) {
        Set<String> idles = IDLE.matcher(batch.sent())
                .results()
                .map(idle -> idle.group(1) + " ")
                .collect(Collectors.toSet());
        return batch.received().stream()
                .map(response -> idles.stream().anyMatch(response::startsWith)
                        ? response.replaceAll("^(\\S+ (OK|NO|BAD)) .*\r\n", "$1\r\n")
                        : of(response, user))
                .toList();
    }

    private static String of(String response, String user) {
        String masked = response.replace(user, "USER");
        for (Mask mask : MASKS) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.replacement());
        }
        return words(masked);
    }

    /** Without the words that the proxy adds to lists of capabilities and takes out of them. */
    static String words(String octets) {
        return CAPABILITY.matcher(octets).replaceAll(match -> Matcher.quoteReplacement(capabilities(match)));
    }

    /** Order is the upstream's; the proxy's words are found at the end. */
    private static String capabilities(MatchResult match) {
        List<String> words = new ArrayList<>(Arrays.asList(match.group(1).split(" ", -1)));
        words.removeAll(PROXYS);
        return "CAPABILITY " + String.join(" ", words);
    }
}
