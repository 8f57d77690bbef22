package org.imapnotify.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** A configuration file with every key and what it means, commented out but for what is needed. */
final class Reference {
    private static final Pattern DEFAULT = Pattern.compile("Default: ([^ ]+)[.,](?: .*)?$");

    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder("""
            # Configuration of imap-notify-proxy: every key there is. Each is also a flag, which wins, and an environment
            # variable, which wins over this file; both are named with it. A flag's name without its dashes is a key at the
            # top of the file as well: "watch-connections: 2" is the same as "watch: {connections: 2}".
            # Made by "imap-notify-proxy reference yaml"; checked by "imap-notify-proxy check-config FILE".
            # yaml-language-server: $schema=imap-notify-proxy.schema.json
            """);

    private Reference() {}

    static String yaml(CommandSpec command) {
        Reference reference = new Reference();
        sections(command).forEach(reference::section);
        return reference.text.toString();
    }

    /** All keys by section, those at the top under names of their own. */
    static Map<String, List<ConfigKey>> sections(CommandSpec command) {
        Map<String, List<ConfigKey>> sections = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKey.of(command)) {
            sections.computeIfAbsent(key.top(), none -> new ArrayList<>()).add(key);
        }
        return sections;
    }

    static Optional<String> defaultOf(ConfigKey key) {
        Matcher found = DEFAULT.matcher(key.description());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private void section(String name, List<ConfigKey> keys) {
        Optional<Section> section = keys.get(0).section();
        if (section.isPresent()) {
            text.append("\n# ")
                    .append(section.get().about())
                    .append('\n')
                    .append(name)
                    .append(":\n");
        }
        String before = section.isPresent() ? "" : "\n";
        for (ConfigKey key : keys) {
            text.append(before);
            key(key, section.isPresent() ? "  " : "");
            before = "\n";
        }
    }

    private void key(ConfigKey key, String indent) {
        wrapped(key.description()).forEach(line -> line(indent, "# " + line));
        line(indent, "# --" + key.flag() + ", " + key.variable() + ", " + form(key));
        line(indent, (key.option().required() ? "" : "#") + key.name() + ": " + example(key));
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line);
                line = "";
            }
            line += line.isEmpty() ? word : " " + word;
        }
        lines.add(line);
        return lines;
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }

    private static String form(ConfigKey key) {
        return (key.option().isMultiValue() ? "a list of " : "") + key.option().paramLabel();
    }

    private static String example(ConfigKey key) {
        if (key.option().type() == boolean.class || key.option().paramLabel().equals("true|false")) {
            return defaultOf(key).orElse("false");
        }
        String value = defaultOf(key).orElseGet(() -> sample(key));
        return key.option().isMultiValue() ? "[" + value.replaceAll("(?<=,|^)(:[^,]*)", " \"$1\"") + "]" : value;
    }

    private static String sample(ConfigKey key) {
        return switch (key.option().paramLabel()) {
            case "URL" -> "imap://127.0.0.1:143";
            case "HOST:PORT" -> "127.0.0.1:1143";
            case "NETWORK" -> "10.1.0.0/16";
            case "SITE" -> "{names: [mail.example.org], upstream: imap://127.0.0.1:144}";
            case "PEM" -> "/etc/imap-notify-proxy/" + key.flag() + ".pem";
            default -> "\"\"";
        };
    }
}
