package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client and a writer do, read from {@code notify-differential/*.txt}, and where the proxy may differ from a Dovecot that
 * has NOTIFY:
 *
 * <pre>
 * === title          a scenario; [silent] at its end: nothing may come but what the client asks for
 * W command          the writer, who is on the server itself
 * C command          the client, who registers
 * - response         only Dovecot gives it
 * + response         only the proxy does
 * ? reason           why, a key of reasons.txt
 * </pre>
 *
 * {@code APPEND mailbox [(flags)] [xN]} stands for an APPEND of so many messages.
 */
record NotifyScenario(String title, boolean silent, List<Step> steps) {
    static final Path FOLDER = Folders.MODULE.resolve("src/test/resources/notify-differential");
    static final String REASONS = "reasons.txt";
    private static final String SILENT = " [silent]";

    /** One command, and in what the responses up to the next one differ. */
    record Step(boolean client, String command, List<String> onlyNative, List<String> onlyProxy, List<String> reasons) {
        static Step of(String line) {
            return new Step(
                    line.startsWith("C "), line.substring(2), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        String line() {
            return (client ? "C " : "W ") + command;
        }

        List<String> listed() {
            List<String> lines = new ArrayList<>();
            onlyNative.forEach(response -> lines.add("- " + response));
            onlyProxy.forEach(response -> lines.add("+ " + response));
            return lines;
        }

        boolean differs() {
            return !onlyNative.isEmpty() || !onlyProxy.isEmpty();
        }
    }

    static List<NotifyScenario> all() {
        List<NotifyScenario> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(file -> !file.endsWith(REASONS)).sorted().forEach(file -> all.addAll(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** What is to come through the proxy, given what Dovecot has answered. */
    List<List<String>> awaited(List<List<String>> direct) {
        List<List<String>> awaited = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            List<String> responses = new ArrayList<>(direct.get(i));
            steps.get(i).onlyNative().forEach(responses::remove);
            responses.addAll(steps.get(i).onlyProxy());
            awaited.add(responses);
        }
        return awaited;
    }

    private static List<NotifyScenario> read(Path file) {
        List<NotifyScenario> scenarios = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("=== ")) {
                boolean silent = line.endsWith(SILENT);
                String title = line.substring(4, line.length() - (silent ? SILENT.length() : 0));
                scenarios.add(new NotifyScenario(title, silent, new ArrayList<>()));
            } else {
                scenarios.get(scenarios.size() - 1).add(line);
            }
        }
        return scenarios;
    }

    /** Without comments and empty lines. */
    static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        String rest = line.substring(2);
        switch (line.substring(0, 2)) {
            case "W ", "C " -> steps.add(Step.of(line));
            case "- " -> last().onlyNative().add(rest);
            case "+ " -> last().onlyProxy().add(rest);
            case "? " -> last().reasons().add(rest);
            default -> throw new IllegalStateException(title + ": what is this? " + line);
        }
    }

    private Step last() {
        return steps.get(steps.size() - 1);
    }
}
