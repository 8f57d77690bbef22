package org.imapnotify.session.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imapnotify.session.transcript.Step.Expected;
import org.imapnotify.session.transcript.Step.Happens;
import org.imapnotify.session.transcript.Step.Must;
import org.imapnotify.session.transcript.Step.Said;

/**
 * A conversation that a session must have: {@code src/test/resources/transcripts/FEATURE/*.imap}.
 *
 * <pre>
 *   # a comment; the headers come first
 *   requirement: N-044 N-101        what it shows
 *   upstream-capabilities: ...      bound as $capabilities (IMAP4rev1 IDLE LITERAL+ unless given)
 *   include: prologue/selected      the lines of another file, mostly a login; they are not cut again
 *
 *   C: a1 NOOP                      the client says so; lines on end arrive in one read
 *   up C: a1 NOOP                   the upstream is told so
 *   up S: * 23 EXISTS               the upstream says so
 *   S: * 23 EXISTS                  the client is told so
 *   -- 50ms                         time passes
 *   up C: p1 IDLE                   the tags of the proxy's own commands are p1, p2, ...
 *   w1 C: w1 LOGIN user secret      watch connection 1 (header watch: real)
 *   table: Work messages=3 ...      the account's table, in place of watch connections (header watch: table)
 * </pre>
 *
 * A line ends in CRLF unless it ends in {@code <no end>}; so a literal's octets are the text of the next line. {@code <CR>},
 * {@code <LF>}, {@code <NUL>}, {@code <xE4>}, {@code <$>} and {@code <70000 x a>} are octets. {@code $name} in what is expected is bound by
 * its first occurrence and must be the same later, {@code $} alone is anything. Everything that is written must be expected before
 * the next thing happens, in order on each stream; {@code ?} in front of an expected line says that it may come, {@code !} that it
 * must not, which is true of all lines and only makes the point. An indented line without a known beginning goes on with the one before.
 *
 * <p>Other happenings: {@code -- upstream closes}, {@code -- client closes}, {@code -- w1 closes}, {@code -- TLS with the client},
 * {@code -- TLS with the upstream}, {@code -- client stops reading}, {@code -- client reads}, {@code -- shutdown},
 * {@code -- ends CAUSE} (the session has ended, and so), {@code changed: Work messages=4 uidnext=5}, {@code created:},
 * {@code deleted:}, {@code renamed: Old New}, {@code renamed: Old/a New/a below} with its parent, {@code subscribed:},
 * {@code unsubscribed:}, {@code access:}, {@code attributes:}, {@code unchanged:}, {@code metadata: Work /shared/comment=new /private/gone=NIL},
 * {@code lost: why}, {@code crowded:}; {@code hinted: Work} or, for names, {@code hinted:} by another session to one that watches
 * itself, {@code possible:} for one that perhaps need not any more.
 */
record Transcript(String name, Map<String, String> headers, List<Step> steps) {
    private static final Set<String> HEADERS = Set.of(
            "about",
            "requirement",
            "upstream-capabilities",
            "greeting",
            "plaintext-auth",
            "starttls",
            "implicit-tls",
            "upstream-starttls",
            "notify",
            "watch",
            "watch-use",
            "watch-connections",
            "poll-interval",
            "metadata-interval",
            "idle-reissue",
            "upstream-patience",
            "connects",
            "compress",
            "upstream-compress",
            "login-delay",
            "introduction",
            "quirks",
            "watch-by-name",
            "recut");
    private static final Pattern LINE = Pattern.compile("([!?] )?((?:up |w\\d+ )?[CS]|hint|layer): ?(.*)");
    private static final Pattern HAPPENING = Pattern.compile(
            "(?:(--) |(table|changed|created|deleted|renamed|subscribed|unsubscribed|access|attributes|unchanged|metadata|lost|crowded|hinted|possible): ?)(.*)");
    private static final Pattern HEADER = Pattern.compile("([a-z-]+): (.*)");

    String header(String key, String otherwise) {
        return headers.getOrDefault(key, otherwise);
    }

    boolean isYes(String key, boolean otherwise) {
        return header(key, otherwise ? "yes" : "no").equals("yes");
    }

    /** All of them, in order of their names. */
    static List<Transcript> all() {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".imap"))
                    .map(file -> new Reader(root).read(file))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        URL url = Optional.ofNullable(Transcript.class.getResource("/transcripts"))
                .orElseThrow();
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Reader {
        private final Path root;
        private final Map<String, String> headers = new HashMap<>();
        private final List<Step> steps = new ArrayList<>();

        Reader(Path root) {
            this.root = root;
        }

        Transcript read(Path file) {
            lines(file, true);
            String name = root.relativize(file).toString().replace(".imap", "");
            headers.putIfAbsent("upstream-capabilities", "IMAP4rev1 IDLE LITERAL+");
            return new Transcript(name, Map.copyOf(headers), List.copyOf(steps));
        }

        private void lines(Path file, boolean own) {
            int number = 0;
            for (String line : unfolded(file)) {
                number++;
                String text = line.strip();
                if (text.startsWith("include: ")) {
                    lines(root.resolve(text.substring("include: ".length()) + ".inc"), false);
                } else if (!text.isEmpty() && !text.startsWith("#")) {
                    line(file, number, line.stripLeading(), own);
                }
            }
        }

        /** Lines as they are numbered; what goes on with a line before is moved there. */
        private static List<String> unfolded(Path file) {
            try {
                List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
                int last = 0;
                for (int i = 0; i < lines.size(); i++) {
                    String text = lines.get(i).stripLeading();
                    boolean folded = lines.get(i).startsWith("  ")
                            && !text.isEmpty()
                            && !LINE.matcher(text).matches()
                            && !HAPPENING.matcher(text).matches();
                    if (folded) {
                        lines.set(last, lines.get(last) + " " + text);
                        lines.set(i, "");
                    } else if (!text.isEmpty()) {
                        last = i;
                    }
                }
                return lines;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void line(Path file, int number, String text, boolean own) {
            Matcher line = LINE.matcher(text);
            Matcher happening = HAPPENING.matcher(text);
            Matcher header = HEADER.matcher(text);
            if (line.matches()) {
                said(number, line, own);
            } else if (happening.matches()) {
                happens(number, happening);
            } else if (header.matches() && HEADERS.contains(header.group(1)) && steps.isEmpty()) {
                headers.put(header.group(1), header.group(2));
            } else {
                throw new IllegalArgumentException(root.relativize(file) + ":" + number + ": not understood: " + text);
            }
        }

        private void said(int number, Matcher line, boolean own) {
            String stream = line.group(2);
            boolean incoming = stream.equals("C") || stream.matches("(up|w\\d+) S");
            if (!incoming) {
                steps.add(new Expected(number, must(line.group(1)), stream, line.group(3)));
            } else if (last() instanceof Said before && before.stream().equals(stream)) {
                steps.set(
                        steps.size() - 1,
                        new Said(before.number(), stream, with(before.lines(), line.group(3)), before.recut()));
            } else {
                steps.add(new Said(number, stream, List.of(line.group(3)), own));
            }
        }

        private void happens(int number, Matcher happening) {
            String what = happening.group(1) == null ? happening.group(2) : happening.group(1);
            String argument = happening.group(3).strip();
            boolean more = what.equals("table")
                    && last() instanceof Happens before
                    && before.what().equals("table");
            if (more) {
                Happens before = (Happens) steps.remove(steps.size() - 1);
                steps.add(new Happens(before.number(), what, with(before.arguments(), argument)));
            } else {
                steps.add(new Happens(number, what, List.of(argument)));
            }
        }

        private Step last() {
            return steps.isEmpty() ? new Happens(0, "--", List.of("")) : steps.get(steps.size() - 1);
        }

        private static Must must(String sign) {
            if (sign == null) {
                return Must.COME;
            }
            return sign.startsWith("!") ? Must.NOT_COME : Must.MAY_COME;
        }

        private static List<String> with(List<String> lines, String line) {
            List<String> more = new ArrayList<>(lines);
            more.add(line);
            return List.copyOf(more);
        }
    }
}
