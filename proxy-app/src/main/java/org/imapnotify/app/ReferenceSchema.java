package org.imapnotify.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** The configuration file's form as JSON Schema, for editors. */
final class ReferenceSchema {
    private ReferenceSchema() {}

    static String of(CommandSpec command) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKey.of(command)) {
            properties.put(key.flag(), property(key));
        }
        Reference.sections(command).forEach((name, keys) -> {
            if (keys.get(0).section().isPresent()) {
                properties.merge(name, section(keys), (flag, section) -> Map.of("anyOf", List.of(section, flag)));
            }
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "imap-notify-proxy");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("required", required(ConfigKey.of(command), ConfigKey::top));
        schema.put("properties", properties);
        return Json.of(schema) + "\n";
    }

    private static Map<String, Object> section(List<ConfigKey> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach(key -> properties.put(key.name(), property(key)));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("description", keys.get(0).section().map(Section::about).orElse(""));
        List<String> required = required(keys, ConfigKey::name);
        section.put("type", required.isEmpty() ? List.of("object", "null") : "object");
        section.put("additionalProperties", false);
        section.put("required", required);
        section.put("properties", properties);
        return section;
    }

    private static List<String> required(List<ConfigKey> keys, Function<ConfigKey, String> name) {
        return keys.stream().filter(key -> key.option().required()).map(name).toList();
    }

    private static Map<String, Object> property(ConfigKey key) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.description());
        if (key.option().isMultiValue()) {
            property.put("type", List.of("array", "string"));
            boolean sites = key.option().paramLabel().equals("SITE");
            property.put("items", Map.of("type", sites ? List.of("object", "string") : "string"));
        } else {
            property.putAll(type(key));
        }
        Reference.defaultOf(key).ifPresent(value -> property.put("x-default", value));
        return property;
    }

    private static Map<String, Object> type(ConfigKey key) {
        Class<?> type = key.option().type();
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
        return key.option().paramLabel().equals("TIME")
                ? new TreeMap<>(Map.of("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h)$"))
                : Map.of("type", "string");
    }
}
