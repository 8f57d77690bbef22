package org.imapnotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every requirement is tied to a test that names its number, by {@link Requirement} or in the header of a transcript, or it is
 * in {@code requirements/gaps.txt} with the reason. Prints the table.
 */
class RequirementsTest {
    private static final Map<String, String> REQUIREMENTS = new LinkedHashMap<>();
    private static final Map<String, String> GAPS = new LinkedHashMap<>();
    private static final Map<String, Set<String>> TESTS = new TreeMap<>();

    @BeforeAll
    static void gather() throws IOException {
        read("/requirements/requirements.txt", REQUIREMENTS);
        read("/requirements/gaps.txt", GAPS);
        Path classes = path("/requirements").getParent();
        try (Stream<Path> files = Files.walk(testClasses())) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(RequirementsTest::annotations);
        }
        Path transcripts = classes.resolve("transcripts");
        try (Stream<Path> files = Files.walk(transcripts)) {
            files.filter(file -> file.toString().endsWith(".imap")).forEach(file -> headers(transcripts, file));
        }
    }

    @Test
    void everyRequirementHasATestOrAReason() {
        print();
        Set<String> missing = new TreeSet<>(REQUIREMENTS.keySet());
        missing.removeAll(TESTS.keySet());
        missing.removeAll(GAPS.keySet());
        assertThat(missing).as("requirements without a test or a reason").isEmpty();
    }

    @Test
    void noGapHasATest() {
        Set<String> both = new TreeSet<>(GAPS.keySet());
        both.retainAll(TESTS.keySet());
        assertThat(both).as("gaps that have a test").isEmpty();
        assertThat(GAPS.values()).as("reasons").noneMatch(String::isBlank);
    }

    @Test
    void everyNumberIsThatOfARequirement() {
        assertThat(REQUIREMENTS).hasSizeGreaterThan(160);
        assertThat(REQUIREMENTS.keySet()).containsAll(TESTS.keySet()).containsAll(GAPS.keySet());
    }

    private static void print() {
        List<String> lines = new ArrayList<>();
        REQUIREMENTS.forEach((number, text) -> {
            lines.add(number + " " + text);
            Set<String> tests = TESTS.getOrDefault(number, Set.of());
            lines.add(tests.isEmpty() ? "      GAP: " + GAPS.get(number) : "      " + String.join(", ", tests));
        });
        lines.add(REQUIREMENTS.size() + " requirements, " + TESTS.size() + " with tests, " + GAPS.size() + " gaps");
        lines.forEach(System.out::println);
    }

    private static void read(String resource, Map<String, String> lines) throws IOException {
        for (String line : Files.readAllLines(path(resource), StandardCharsets.UTF_8)) {
            if (line.startsWith("N-")) {
                int space = line.indexOf(' ');
                lines.put(line.substring(0, space), line.substring(space + 1));
            }
        }
    }

    private static void annotations(Path file) {
        String name = testClasses().relativize(file).toString();
        Class<?> type;
        try {
            type = Class.forName(
                    name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                    false,
                    RequirementsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        note(type, type.getSimpleName());
        for (Method method : type.getDeclaredMethods()) {
            note(method, type.getSimpleName() + "." + method.getName());
        }
    }

    private static void note(AnnotatedElement element, String test) {
        Requirement requirement = element.getAnnotation(Requirement.class);
        if (requirement != null) {
            for (String number : requirement.value()) {
                TESTS.computeIfAbsent(number, any -> new TreeSet<>()).add(test);
            }
        }
    }

    private static void headers(Path root, Path file) {
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("requirement: ")) {
                    for (String number :
                            line.substring("requirement: ".length()).strip().split(" +", -1)) {
                        TESTS.computeIfAbsent(number, any -> new TreeSet<>())
                                .add(root.relativize(file).toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path testClasses() {
        return path("/org/imapnotify/RequirementsTest.class")
                .getParent()
                .getParent()
                .getParent();
    }

    private static Path path(String resource) {
        try {
            return Path.of(Objects.requireNonNull(RequirementsTest.class.getResource(resource), resource)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
