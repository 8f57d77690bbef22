package org.imapnotify.app;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** A command line that cannot be understood, in words that help: a word that is not known comes before what is missing because of it. */
final class WrongUsage {
    private WrongUsage() {}

    static String of(ParameterException failure, List<String> arguments) {
        CommandLine command = failure.getCommandLine();
        if (!command.getSubcommands().isEmpty()) {
            return command(command.getSubcommands().keySet(), arguments);
        }
        return unknownFlag(command, arguments).orElseGet(failure::getMessage);
    }

    private static String command(Collection<String> known, List<String> arguments) {
        return arguments.stream()
                        .filter(word -> !word.startsWith("-"))
                        .findFirst()
                        .map(word -> "unknown command \"" + word + "\"" + meant(word, known))
                        .or(() -> arguments.stream().findFirst().map(flag -> "unknown flag " + flag))
                        .orElse("no command given")
                + "; the commands are " + String.join(", ", known);
    }

    private static Optional<String> unknownFlag(CommandLine command, List<String> arguments) {
        Map<String, OptionSpec> known = command.getCommandSpec().optionsMap();
        boolean isValue = false;
        for (String argument : arguments) {
            String flag = argument.split("=", 2)[0];
            ArgSpec option = known.get(flag);
            if (option == null && !isValue && flag.matches("--?[A-Za-z].*")) {
                return Optional.of("unknown flag " + flag + meant(flag, known.keySet()));
            }
            isValue = option != null && option.arity().max() > 0 && flag.equals(argument);
        }
        return Optional.empty();
    }

    private static String meant(String slip, Collection<String> known) {
        return Nearest.to(slip, known)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }
}
