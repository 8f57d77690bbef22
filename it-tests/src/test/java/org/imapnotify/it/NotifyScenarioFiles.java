package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the differences that were seen into the scenarios; reasons stay with their steps. */
final class NotifyScenarioFiles {
    private final Map<String, NotifyScenario> scenarios =
            NotifyScenario.all().stream().collect(Collectors.toMap(NotifyScenario::title, Function.identity()));
    private final BiFunction<NotifyScenario, Integer, NotifyDifference> seen;

    NotifyScenarioFiles(BiFunction<NotifyScenario, Integer, NotifyDifference> seen) {
        this.seen = seen;
    }

    void write() {
        try (Stream<Path> files = Files.list(NotifyScenario.FOLDER)) {
            for (Path file :
                    files.filter(f -> !f.endsWith(NotifyScenario.REASONS)).toList()) {
                Files.write(file, rewritten(Files.readAllLines(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> rewritten(List<String> lines) {
        List<String> written = new ArrayList<>();
        NotifyScenario scenario = null;
        int step = 0;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("=== ")) {
                scenario = scenarios.get(text.substring(4).replace(" [silent]", ""));
                step = 0;
            }
            if (!text.matches("[-+?] .*")) {
                written.add(line);
            }
            if (text.matches("[CW] .*") && scenario != null) {
                written.addAll(differences(scenario, step++));
            }
        }
        return written;
    }

    private List<String> differences(NotifyScenario scenario, int step) {
        List<String> lines = new ArrayList<>();
        seen.apply(scenario, step).lines().forEach(line -> lines.add("  " + line));
        if (!lines.isEmpty()) {
            scenario.steps().get(step).reasons().forEach(reason -> lines.add("  ? " + reason));
        }
        return lines;
    }
}
