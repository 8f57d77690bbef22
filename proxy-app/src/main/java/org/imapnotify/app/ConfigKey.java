package org.imapnotify.app;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A key of the configuration file: a flag, and where in the file it stands, as the flag's declaration says. */
record ConfigKey(OptionSpec option) {
    /** What may stand in the file of this command, in the order in which it is declared. */
    static List<ConfigKey> of(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(ConfigKey::new)
                .filter(key -> !key.flag().equals(ConfigFile.KEY))
                .toList();
    }

    /** The flag without its dashes, which is a key at the top of the file, too. */
    String flag() {
        return option.longestName().substring("--".length());
    }

    Optional<Section> section() {
        return Optional.ofNullable(declared());
    }

    /** {@code connections} of {@code watch}. */
    String name() {
        Section section = declared();
        if (section == null) {
            return flag();
        }
        if (flag().equals(section.value()) && !section.self().isEmpty()) {
            return section.self();
        }
        return flag().startsWith(section.prefix())
                ? flag().substring(section.prefix().length())
                : flag();
    }

    /** The section, or the key itself where it stands at the top. */
    String top() {
        return section().map(Section::value).orElse(flag());
    }

    /** {@code watch.connections}. */
    String path() {
        Section section = declared();
        return section == null ? name() : section.value() + "." + name();
    }

    /** {@code IMAPNOTIFY_WATCH_CONNECTIONS}. */
    String variable() {
        return ConfigFile.variable(flag());
    }

    String description() {
        return String.join(" ", option.description()).replace("%%", "%");
    }

    private @Nullable Section declared() {
        return option.userObject() instanceof Field field
                ? field.getDeclaringClass().getAnnotation(Section.class)
                : null;
    }
}
