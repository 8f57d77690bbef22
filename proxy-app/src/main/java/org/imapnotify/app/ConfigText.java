package org.imapnotify.app;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.netty.InvalidOptionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The flags' values in a configuration file's YAML. A key at the top is a {@link Section}, whose keys are the flags' shorter names,
 * or a flag's own name.
 */
final class ConfigText {
    private final String file;
    private final Map<String, ConfigKey> flags = new TreeMap<>();
    private final Map<String, Map<String, ConfigKey>> sections = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, ConfigValue> values = new TreeMap<>();

    private ConfigText(String file, CommandSpec command) {
        this.file = file;
        for (ConfigKey key : ConfigKey.of(command)) {
            flags.put(key.flag(), key);
            key.section()
                    .ifPresent(section -> sections.computeIfAbsent(section.value(), name -> new TreeMap<>())
                            .put(key.name(), key));
        }
    }

    /** Refuses keys that there are not, so that a slip of the hand is not a silent default. */
    static Map<String, ConfigValue> values(String file, MappingNode root, CommandSpec command) {
        ConfigText text = new ConfigText(file, command);
        root.getValue().forEach(text::top);
        return text.values;
    }

    private void top(NodeTuple entry) {
        String key = text(entry.getKeyNode());
        Map<String, ConfigKey> section = sections.get(key);
        Node value = entry.getValueNode();
        if (section != null && value instanceof MappingNode keys) {
            if (!seen.add(key)) {
                throw new InvalidOptionException(where(entry) + ": " + key, "...", "each section once");
            }
            keys.getValue().forEach(inner -> within(key, section, inner));
        } else if (flags.containsKey(key)) {
            put(key, key, entry);
        } else if (section == null) {
            throw unknown(key, entry, "", top());
        } else if (!isEmpty(value)) {
            throw new InvalidOptionException(
                    where(entry) + ": " + key,
                    text(value),
                    "a section with keys of " + String.join(", ", section.keySet()));
        }
    }

    private void within(String section, Map<String, ConfigKey> keys, NodeTuple entry) {
        String name = text(entry.getKeyNode());
        ConfigKey key = keys.get(name);
        if (key == null) {
            ConfigKey flag = flags.get(name);
            String meant = flag == null || !keys.containsValue(flag) ? name : flag.name();
            throw unknown(meant, entry, section + ".", keys);
        }
        put(key.flag(), key.path(), entry);
    }

    private void put(String flag, String key, NodeTuple entry) {
        ConfigValue before = values.putIfAbsent(flag, new ConfigValue(text(entry.getValueNode()), where(entry), key));
        if (before != null) {
            throw new InvalidOptionException(
                    where(entry) + ": " + key,
                    text(entry.getValueNode()),
                    "it once: " + before.key() + " in " + before.where() + " is the same");
        }
    }

    private Map<String, ConfigKey> top() {
        Map<String, ConfigKey> keys = new TreeMap<>(flags);
        sections.forEach((name, section) ->
                keys.putIfAbsent(name, section.values().iterator().next()));
        return keys;
    }

    private InvalidOptionException unknown(String meant, NodeTuple entry, String section, Map<String, ConfigKey> keys) {
        String guess = Nearest.to(meant, keys.keySet())
                .map(word -> "; did you mean " + section + word + "?")
                .orElse("");
        return new InvalidOptionException(
                where(entry) + ": " + section + text(entry.getKeyNode()),
                isSecret(meant) ? "..." : text(entry.getValueNode()),
                "one of the keys " + String.join(", ", keys.keySet()) + guess);
    }

    /** What was meant to be one is not shown to whoever reads the log. */
    private static boolean isSecret(String name) {
        return Stream.of("password", "token", "secret").anyMatch(name::contains);
    }

    private String where(NodeTuple entry) {
        return file
                + entry.getKeyNode()
                        .getStartMark()
                        .map(mark -> ":" + (mark.getLine() + 1))
                        .orElse("");
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** As the flag would have it: a list's elements parted by commas, a section's keys as {@code key=value}. */
    private String text(Node node) {
        if (node.isRecursive()) {
            throw new InvalidOptionException(ConfigFile.KEY, file, "YAML that does not contain itself");
        }
        if (node instanceof SequenceNode list) {
            boolean mappings = list.getValue().stream().anyMatch(MappingNode.class::isInstance);
            return list.getValue().stream().map(this::text).collect(Collectors.joining(mappings ? "\n" : ","));
        }
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> entries = mapping.getValue();
            return entries.stream()
                    .map(entry -> text(entry.getKeyNode()) + "=" + text(entry.getValueNode()))
                    .collect(Collectors.joining(" "));
        }
        return isEmpty(node) ? "" : ((ScalarNode) node).getValue();
    }
}
