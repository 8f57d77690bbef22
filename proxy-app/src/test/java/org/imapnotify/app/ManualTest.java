package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the manual says of names and texts is what the code has. Its commands are DocsIT's matter. */
class ManualTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path DOCS = PROJECT.resolve("docs");
    private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `(imapnotify_\\w+)` \\|([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src(?:set)?=\")([^)\"#:]*)(?:#([^)\"]*))?[)\"]");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern KEY = Pattern.compile("(?:^|(?<= ))([a-z]+)=");

    @Test
    void metricsAreThoseOfAScrapeWithTheirLabels() throws IOException {
        Metrics metrics = new Metrics();
        MicrometerTelemetry telemetry = new MicrometerTelemetry(metrics.registry());
        metrics.bindRuntime(() -> false, () -> 0);
        new ReloadMeters(new Meters(metrics.registry()));
        telemetry.certificate("imaps", Instant.EPOCH);
        telemetry.upstreamAddress("mail.example.org:993", true);

        Map<String, Set<String>> told = new TreeMap<>();
        for (MatchResult row : METRIC_ROW.matcher(page("metrics.md")).results().toList()) {
            told.put(row.group(1), new TreeSet<>(codes(row.group(2))));
        }
        assertThat(told).isEqualTo(families(metrics.registry().scrape()));
    }

    /** Each family with its labels, but for what Micrometer adds beside a timer. */
    private static Map<String, Set<String>> families(String scrape) {
        Map<String, Set<String>> families = new TreeMap<>();
        scrape.lines()
                .filter(line -> line.startsWith("# TYPE imapnotify_"))
                .map(line -> line.split(" ", -1)[2])
                .filter(name -> !name.endsWith("_max"))
                .forEach(name -> families.put(name, labels(scrape, name)));
        return families;
    }

    private static Set<String> labels(String scrape, String family) {
        Pattern sample = Pattern.compile("(?m)^" + family + "(?:_bucket)?\\{([^}]*)\\}");
        return sample.matcher(scrape)
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split(",", -1)))
                .map(label -> label.substring(0, label.indexOf('=')))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void alertsAreThoseOfTheRules() throws IOException {
        Set<String> rules = Pattern.compile("- alert: (\\w+)")
                .matcher(Files.readString(PROJECT.resolve("docker/prometheus/alerts.yml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> told = Pattern.compile("(?m)^\\| `(ImapNotify\\w+)` \\|")
                .matcher(page("metrics.md"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(rules);
    }

    /** Texts in the first column of troubleshooting's tables and in blocks of log lines, cut where they say that something differs. */
    @Test
    void quotedTextsAreInTheCode() throws IOException {
        Set<String> literals = literals();
        List<String> missing = new ArrayList<>();
        for (String quoted : quotedTexts()) {
            for (String part : quoted.split("…", -1)) {
                if (!isSaid(part, literals)) {
                    missing.add("\"" + part.strip() + "\" of: " + quoted);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isSaid(String part, Set<String> literals) {
        String text = part.strip();
        if (isJoined(text, true, literals)) {
            return true;
        }
        boolean keys = KEY.matcher(text).results().allMatch(key -> literals.contains(key.group(1)));
        return keys && isJoined(KEY.matcher(text).replaceAll("").strip(), true, literals);
    }

    /** True of what stands in one text of the code, and of what the code puts together from several. */
    private static boolean isJoined(String text, boolean first, Set<String> literals) {
        if (literals.stream().anyMatch(literal -> first ? literal.contains(text) : literal.startsWith(text))) {
            return true;
        }
        for (int cut = text.length() - 1; cut > 1; cut--) {
            String head = text.substring(0, cut);
            boolean ends =
                    first ? literals.stream().anyMatch(literal -> literal.endsWith(head)) : literals.contains(head);
            if (ends && isJoined(text.substring(cut), false, literals)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> quotedTexts() throws IOException {
        List<String> texts = new ArrayList<>();
        page("troubleshooting.md")
                .lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line -> codes(line.split(" \\| ", 2)[0]).stream()
                        .filter(text -> !text.startsWith("imapnotify_") && !text.startsWith("\\") && text.contains(" "))
                        .forEach(texts::add));
        Matcher logs = Pattern.compile("(?s)```log\n(.*?)```").matcher(page("operating.md"));
        while (logs.find()) {
            logs.group(1).lines().forEach(texts::add);
        }
        assertThat(texts).hasSizeGreaterThan(25);
        return texts;
    }

    /** Every string of the main sources; placeholders of log messages end one, so that the words between them count. */
    private static Set<String> literals() throws IOException {
        Set<String> literals = new HashSet<>();
        for (String module : List.of("proxy-core", "proxy-app")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    Matcher literal = LITERAL.matcher(Files.readString(file));
                    while (literal.find()) {
                        String text = literal.group(1).replace("\\\"", "\"");
                        literals.addAll(List.of(text.split("\\{\\}|%s", -1)));
                        literals.add(text);
                    }
                }
            }
        }
        return literals;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                boolean there = Files.exists(target)
                        && (link.group(2) == null || anchors(target).contains(link.group(2)));
                if (!there) {
                    dead.add(page + ": " + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            assertThat(page("README.md"))
                    .contains(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                            .map(name -> "(" + name + ")")
                            .toList());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }
}
