package org.imapnotify.app;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.netty.InvalidOptionException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says of a value that cannot be used where it was written, and what was expected there. */
final class ConfigBlame {
    private ConfigBlame() {}

    /** The failure in terms of the file, the environment or the flag, or as it is. */
    static Exception of(Exception failure, IDefaultValueProvider defaults, List<String> arguments) {
        if (failure instanceof InvalidOptionException invalid) {
            return blamed(invalid.key(), defaults, arguments)
                    .<Exception>map(value -> invalid.as(place(value)))
                    .orElse(failure);
        }
        // A value that cannot be converted; more special failures are of classes of their own.
        return failure.getClass() == ParameterException.class
                        && ((ParameterException) failure).getArgSpec() != null
                        && ((ParameterException) failure).getValue() != null
                ? conversion((ParameterException) failure, defaults, arguments)
                : failure;
    }

    /** What picocli could not make a number, or one of the words that there are. */
    private static Exception conversion(
            ParameterException failure, IDefaultValueProvider defaults, List<String> arguments) {
        ArgSpec argument = failure.getArgSpec();
        String name = argument instanceof OptionSpec option ? new ConfigKey(option).flag() : argument.paramLabel();
        return blamed(name, defaults, arguments)
                .map(value -> new InvalidOptionException(place(value), value.text(), form(argument)))
                .orElseGet(() -> new InvalidOptionException(name, failure.getValue(), form(argument)));
    }

    private static String form(ArgSpec argument) {
        if (argument.type().isEnum()) {
            return "one of "
                    + Stream.of(argument.type().getEnumConstants())
                            .map(word -> word.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return argument.type() == int.class ? "a whole number" : argument.paramLabel();
    }

    private static String place(ConfigValue value) {
        return value.where() + ": " + value.key();
    }

    private static Optional<ConfigValue> blamed(String flag, IDefaultValueProvider defaults, List<String> arguments) {
        boolean given = arguments.stream()
                .anyMatch(argument -> argument.equals("--" + flag) || argument.startsWith("--" + flag + "="));
        return given || !(defaults instanceof ConfigFile file) ? Optional.empty() : file.value(flag);
    }
}
