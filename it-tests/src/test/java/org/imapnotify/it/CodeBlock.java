package org.imapnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fenced block of a page. What a test has to know of it stands in an HTML comment on the line before.
 *
 * @param kind the words behind the fence, such as {@code sh}
 * @param note the comment's text, or empty
 */
record CodeBlock(Path page, int line, String kind, String note, String text) {
    private static final String FENCE = "```";

    /** Of README.md and of all pages in docs, in their order. */
    static List<CodeBlock> all() {
        List<CodeBlock> blocks = new ArrayList<>(of(Folders.PROJECT.resolve("README.md")));
        try (Stream<Path> pages = Files.list(Folders.PROJECT.resolve("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(page -> blocks.addAll(of(page)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    private static List<CodeBlock> of(Path page) {
        List<String> lines;
        try {
            lines = Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<CodeBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(" +" + FENCE + "\\w*")) {
                throw new AssertionError(page + ":" + (i + 1) + ": an indented block would not be run");
            }
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                String kind = lines.get(i).substring(FENCE.length()).strip();
                blocks.add(new CodeBlock(page, i + 1, kind, i == 0 ? "" : comment(lines.get(i - 1)), text));
                i = end;
            }
        }
        return blocks;
    }

    private static String comment(String line) {
        return line.startsWith("<!-- ") && line.endsWith(" -->") ? line.substring(5, line.length() - 4) : "";
    }

    /** What the note says behind a key: {@code until: listening}. */
    Optional<String> noted(String key) {
        return note.startsWith(key + ": ") ? Optional.of(note.substring(key.length() + 2)) : Optional.empty();
    }

    String name() {
        return Folders.PROJECT.relativize(page) + ":" + line + " " + kind;
    }
}
