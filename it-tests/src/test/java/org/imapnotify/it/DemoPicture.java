package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;

/** The heart of a demo's transcript as an SVG: text, readable on light and dark, with nothing from elsewhere. */
final class DemoPicture {
    private static final int COLUMNS = 104;
    private static final int LINE = 19;
    private static final int WIDTH = 900;
    private static final String STYLE = """
            text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; fill: #1f2328; }
            rect { fill: #f6f8fa; stroke: #d1d9e0; }
            .said { fill: #0550ae; } .told { fill: #116329; font-weight: 600; } .scene { fill: #59636e; font-style: italic; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; } rect { fill: #151b23; stroke: #3d444d; }
              .said { fill: #79c0ff; } .told { fill: #7ee787; } .scene { fill: #9198a1; }
            }
            """;

    private DemoPicture() {}

    static String of(String transcript) {
        List<String> lines = wrapped(heart(transcript));
        int height = lines.size() * LINE + LINE;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + WIDTH + "\" height=\""
                        + height + "\" viewBox=\"0 0 " + WIDTH + " " + height
                        + "\">\n<title>NOTIFY through the proxy</title>\n<style>\n"
                        + STYLE + "</style>\n<rect x=\"0.5\" y=\"0.5\" width=\"" + (WIDTH - 1) + "\" height=\""
                        + (height - 1) + "\" rx=\"8\"/>\n");
        String kind = "scene";
        int y = LINE + LINE / 2;
        for (String line : lines) {
            kind = line.startsWith("  ") ? kind : kind(line);
            if (!line.isEmpty()) {
                svg.append("<text x=\"20\" y=\"")
                        .append(y)
                        .append("\" class=\"")
                        .append(kind)
                        .append("\">");
                svg.append(escaped(line)).append("</text>\n");
            }
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    /**
     * From NOTIFY to the last news. GreenMail says some things twice, and now and then shows a mailbox with a message's UID taken
     * and the message not there yet: the last word of each stays. A time that is a UIDVALIDITY becomes a small one.
     */
    private static List<String> heart(String transcript) {
        List<String> lines = new ArrayList<>();
        boolean within = false;
        for (String line : transcript.lines().toList()) {
            within = (within || line.startsWith("-- It asks")) && !line.startsWith("-- That is all");
            if (within && !line.contains(" RECENT")) {
                if (!lines.isEmpty() && subject(lines.get(lines.size() - 1)).equals(subject(line))) {
                    lines.remove(lines.size() - 1);
                }
                lines.add(line.replaceAll("UIDVALIDITY \\d+", "UIDVALIDITY 1"));
            }
        }
        return lines;
    }

    /** Of a STATUS its mailbox, of everything else all. */
    private static String subject(String line) {
        return line.startsWith("S: * STATUS") ? line.substring(0, line.indexOf('(')) : line;
    }

    private static List<String> wrapped(List<String> lines) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            while (rest.length() > COLUMNS) {
                int space = rest.lastIndexOf(' ', COLUMNS);
                wrapped.add(rest.substring(0, space));
                rest = "      " + rest.substring(space + 1);
            }
            wrapped.add(rest);
        }
        return wrapped;
    }

    private static String kind(String line) {
        if (line.startsWith("C: ")) {
            return "said";
        }
        return line.startsWith("S: ") ? "told" : "scene";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
