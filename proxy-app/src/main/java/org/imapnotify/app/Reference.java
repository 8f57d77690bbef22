package org.imapnotify.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The keys of the configuration file, from the flags that they are. */
final class Reference {
    private static final Pattern DEFAULT = Pattern.compile("Default: ([^ ]+)[.,](?: .*)?$");

    private Reference() {}

    private static List<OptionSpec> options(CommandSpec command) {
        List<String> keys = ConfigFile.keys(command);
        return command.options().stream()
                .filter(option -> keys.contains(key(option)))
                .toList();
    }

    private static String key(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description()).replace("%%", "%");
    }

    private static Optional<String> defaultOf(OptionSpec option) {
        Matcher found = DEFAULT.matcher(description(option));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** A file with every key, commented out but for what is needed. */
    static String yaml(CommandSpec command) {
        StringBuilder text = new StringBuilder("""
                # Configuration of imap-notify-proxy: every key there is. Each is also a flag (--KEY), which wins, and an
                # environment variable (IMAPNOTIFY_KEY, "_" for "-"), which wins over this file.
                # Made by "imap-notify-proxy reference yaml"; checked by "imap-notify-proxy check-config FILE".
                # yaml-language-server: $schema=imap-notify-proxy.schema.json
                """);
        for (OptionSpec option : options(command)) {
            text.append("\n# ").append(description(option)).append('\n');
            text.append("# ")
                    .append(ConfigFile.variable(key(option)))
                    .append(", ")
                    .append(form(option))
                    .append('\n');
            text.append(option.required() ? "" : "#").append(key(option)).append(": ");
            text.append(example(option)).append('\n');
        }
        return text.toString();
    }

    private static String form(OptionSpec option) {
        return (option.isMultiValue() ? "a list of " : "") + option.paramLabel();
    }

    private static String example(OptionSpec option) {
        if (option.type() == boolean.class || option.paramLabel().equals("true|false")) {
            return defaultOf(option).orElse("false");
        }
        String value = defaultOf(option)
                .orElse(
                        switch (option.paramLabel()) {
                            case "URL" -> "imap://127.0.0.1:143";
                            case "HOST:PORT" -> "127.0.0.1:1143";
                            case "NETWORK" -> "10.1.0.0/16";
                            case "SITE" -> "{names: [mail.example.org], upstream: imap://127.0.0.1:144}";
                            case "PEM" -> "/etc/imap-notify-proxy/" + key(option) + ".pem";
                            default -> "\"\"";
                        });
        return option.isMultiValue() ? "[" + value + "]" : value;
    }

    static String schema(CommandSpec command) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = options(command).stream()
                .filter(OptionSpec::required)
                .map(Reference::key)
                .toList();
        options(command).forEach(option -> properties.put(key(option), property(option)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "imap-notify-proxy");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("required", required);
        schema.put("properties", properties);
        return Json.of(schema) + "\n";
    }

    private static Map<String, Object> property(OptionSpec option) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", description(option));
        if (option.isMultiValue()) {
            property.put("type", List.of("array", "string"));
            boolean sections = option.paramLabel().equals("SITE");
            property.put("items", Map.of("type", sections ? List.of("object", "string") : "string"));
        } else {
            property.putAll(type(option));
        }
        defaultOf(option).ifPresent(value -> property.put("x-default", value));
        return property;
    }

    private static Map<String, Object> type(OptionSpec option) {
        Class<?> type = option.type();
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return Map.of("type", "integer");
        }
        if (type.isEnum()) {
            return Map.of(
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .toList());
        }
        return option.paramLabel().equals("TIME")
                ? new TreeMap<>(Map.of("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h)$"))
                : Map.of("type", "string");
    }
}
