package org.imapnotify.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A YAML file whose keys are the flags without their dashes, and the environment, which wins over it. Their values are the flags'
 * defaults, so a flag on the command line wins over both and all are checked by the same code.
 */
final class ConfigFile implements IDefaultValueProvider {
    static final String KEY = "config";

    private final Map<String, String> values;

    private ConfigFile(Map<String, String> values) {
        this.values = values;
    }

    /** Looks ahead for {@code --config}, since picocli asks for defaults before it reads the first flag. */
    static Optional<Path> namedIn(String... args) {
        String flag = "--" + KEY;
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(flag + "=")) {
                return Optional.of(Path.of(args[i].substring(flag.length() + 1)));
            }
            if (args[i].equals(flag) && i + 1 < args.length) {
                return Optional.of(Path.of(args[i + 1]));
            }
        }
        return Optional.ofNullable(System.getenv(variable(KEY))).map(Path::of);
    }

    /** Of the environment's variables, those that have a flag's name: IMAPNOTIFY_POLL_INTERVAL is {@code --poll-interval}. */
    static ConfigFile read(Optional<Path> file, CommandSpec command, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        file.ifPresent(path -> values.putAll(read(path, command).values));
        for (String key : keys(command)) {
            String value = environment.get(variable(key));
            if (value != null) {
                values.put(key, value);
            }
        }
        return new ConfigFile(values);
    }

    static String variable(String key) {
        return "IMAPNOTIFY_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Refuses keys that are no flag of the command, so that a slip of the hand is not a silent default. */
    static ConfigFile read(Path file, CommandSpec command) {
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<?, ?> entry : load(file).entrySet()) {
            String key = String.valueOf(entry.getKey());
            OptionSpec option = command.findOption("--" + key);
            if (option == null || key.equals(KEY) || option.usageHelp() || option.versionHelp()) {
                throw new InvalidOptionException(key, text(entry.getValue()), "one of " + keys(command));
            }
            values.put(key, text(entry.getValue()));
        }
        return new ConfigFile(values);
    }

    private static Map<?, ?> load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Object document =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(in);
            if (document instanceof Map<?, ?> map) {
                return map;
            }
        } catch (IOException e) {
            throw new InvalidOptionException(KEY, file, "a file that exists and can be read");
        } catch (YamlEngineException e) {
            throw new InvalidOptionException(KEY, file, "YAML; " + e.getMessage());
        }
        throw new InvalidOptionException(KEY, file, "YAML of \"key: value\" lines");
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            boolean sections = list.stream().anyMatch(Map.class::isInstance);
            return list.stream().map(ConfigFile::text).collect(Collectors.joining(sections ? "\n" : ","));
        }
        if (value instanceof Map<?, ?> section) {
            return section.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                    .collect(Collectors.joining(" "));
        }
        return value == null ? "" : value.toString();
    }

    /** What may stand in the file. */
    static List<String> keys(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(option -> option.longestName().substring("--".length()))
                .filter(key -> !key.equals(KEY))
                .sorted()
                .toList();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? values.get(option.longestName().substring("--".length()))
                : null;
    }
}
