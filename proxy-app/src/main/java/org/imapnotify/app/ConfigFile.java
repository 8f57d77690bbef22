package org.imapnotify.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A YAML file whose keys are the flags, in sections, and the environment, which wins over it. Their values are the flags'
 * defaults, so a flag on the command line wins over both and all are checked by the same code.
 */
final class ConfigFile implements IDefaultValueProvider {
    static final String KEY = "config";

    private final Map<String, ConfigValue> values;

    private ConfigFile(Map<String, ConfigValue> values) {
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
        Map<String, ConfigValue> values = new TreeMap<>();
        file.ifPresent(path -> values.putAll(ConfigText.values(path.toString(), load(path), command)));
        for (ConfigKey key : ConfigKey.of(command)) {
            String value = environment.get(key.variable());
            if (value != null) {
                values.put(key.flag(), new ConfigValue(value, "environment", key.variable()));
            }
        }
        return new ConfigFile(values);
    }

    static String variable(String key) {
        return "IMAPNOTIFY_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static MappingNode load(Path file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try (InputStream in = Files.newInputStream(file)) {
            if (new Compose(settings).composeInputStream(in).orElse(null) instanceof MappingNode mapping) {
                return mapping;
            }
        } catch (IOException e) {
            throw new InvalidOptionException(KEY, file, "a file that exists and can be read");
        } catch (YamlEngineException e) {
            throw new InvalidOptionException(KEY, file, "YAML; " + e.getMessage());
        }
        throw new InvalidOptionException(KEY, file, "YAML of \"key: value\" lines");
    }

    /** Where a flag got its value that was not given on the command line. */
    Optional<ConfigValue> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        ConfigValue value = argument instanceof OptionSpec option ? values.get(new ConfigKey(option).flag()) : null;
        return value == null ? null : value.text();
    }
}
