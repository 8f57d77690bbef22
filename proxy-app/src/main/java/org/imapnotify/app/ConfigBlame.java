package org.imapnotify.app;

import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says of a value that cannot be used where it was written, when that is not the command line. */
final class ConfigBlame {
    private ConfigBlame() {}

    /** The failure in terms of the file or the environment, or as it is. */
    static Exception of(Exception failure, IDefaultValueProvider defaults, List<String> arguments) {
        if (!(defaults instanceof ConfigFile file)) {
            return failure;
        }
        if (failure instanceof InvalidOptionException invalid) {
            return blamed(invalid.key(), file, arguments)
                    .<Exception>map(value -> invalid.as(place(value)))
                    .orElse(failure);
        }
        return failure instanceof ParameterException wrong && wrong.getArgSpec() instanceof OptionSpec option
                ? conversion(wrong, option, file, arguments)
                : failure;
    }

    /** What picocli could not make a number, or one of the words that there are. */
    private static Exception conversion(
            ParameterException failure, OptionSpec option, ConfigFile file, List<String> arguments) {
        return blamed(new ConfigKey(option).flag(), file, arguments)
                .<Exception>map(value -> new InvalidOptionException(place(value), value.text(), form(option)))
                .orElse(failure);
    }

    private static String form(OptionSpec option) {
        return option.type() == int.class ? "a whole number" : option.paramLabel();
    }

    private static String place(ConfigValue value) {
        return value.where() + ": " + value.key();
    }

    private static Optional<ConfigValue> blamed(String flag, ConfigFile file, List<String> arguments) {
        boolean given = arguments.stream()
                .anyMatch(argument -> argument.equals("--" + flag) || argument.startsWith("--" + flag + "="));
        return given ? Optional.empty() : file.value(flag);
    }
}
