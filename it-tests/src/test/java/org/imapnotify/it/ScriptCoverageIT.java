package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The script of {@link TransparencyDifferentialIT} leaves nothing out: each command of RFC 3501 and RFC 9051, each word that the two
 * servers advertise. {@code differential/coverage.txt} says by what line of the script a word is used, or why by none.
 */
class ScriptCoverageIT {
    private static final Set<String> COMMANDS = Set.of(
            "CAPABILITY",
            "NOOP",
            "LOGOUT",
            "STARTTLS",
            "AUTHENTICATE",
            "LOGIN",
            "SELECT",
            "EXAMINE",
            "CREATE",
            "DELETE",
            "RENAME",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "LIST",
            "LSUB",
            "STATUS",
            "APPEND",
            "CHECK",
            "CLOSE",
            "EXPUNGE",
            "SEARCH",
            "FETCH",
            "STORE",
            "COPY",
            "UID FETCH",
            "UID STORE",
            "UID COPY",
            "UID SEARCH", // RFC 3501
            "ENABLE",
            "NAMESPACE",
            "UNSELECT",
            "IDLE",
            "MOVE",
            "UID MOVE",
            "UID EXPUNGE"); // RFC 9051
    private static final String NOT = "not: ";

    private final List<String> script = lines("common");

    @Test
    void everyCommandIsSaid() {
        Map<String, String> uses = uses();
        List<String> gaps = COMMANDS.stream()
                .filter(command -> !uses.getOrDefault(command, "").startsWith(NOT))
                .filter(command -> !isSaid("(\\| |! \\S+ )?" + command + "\\b"))
                .sorted()
                .toList();
        assertThat(gaps).as("commands that the script does not say").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DOVECOT_NATIVE", "DOVECOT_METADATA", "CYRUS"})
    void everyAdvertisedWordIsUsed(Variant variant) {
        Map<String, String> uses = uses();
        Set<String> gaps = new TreeSet<>();
        for (String word : advertised(LegacyServer.shared(variant))) {
            String use = uses.getOrDefault(word, "");
            if (use.startsWith(NOT)) {
                System.out.println(
                        "[it] " + variant + " " + word + " is not in the script: " + use.substring(NOT.length()));
            } else if (use.isEmpty() || !isSaid(use)) {
                gaps.add(word);
            }
        }
        assertThat(gaps).as("advertised, and not in the script").isEmpty();
    }

    /** Before and behind the login. */
    private static Set<String> advertised(LegacyServer server) {
        Set<String> words = new TreeSet<>();
        try (ImapTestClient client = ImapTestClient.connect(server.port())) {
            words.addAll(capabilities(client));
            client.ok("LOGIN user9 " + LegacyServer.PASSWORD);
            words.addAll(capabilities(client));
        }
        return words;
    }

    private static List<String> capabilities(ImapTestClient client) {
        String line = client.ok("CAPABILITY").get(0);
        return List.of(line.substring("* CAPABILITY ".length())
                .toUpperCase(Locale.ROOT)
                .split(" ", -1));
    }

    private boolean isSaid(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return script.stream().anyMatch(line -> pattern.matcher(line).lookingAt());
    }

    private static Map<String, String> uses() {
        Map<String, String> uses = new LinkedHashMap<>();
        for (String line : lines("coverage")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" {2,}", 2);
                Stream.of(parts[0].split(",", -1)).forEach(word -> uses.put(word, parts[1]));
            }
        }
        return uses;
    }

    private static List<String> lines(String name) {
        try (InputStream in = ScriptCoverageIT.class.getResourceAsStream("/differential/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(in.readAllBytes(), ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
