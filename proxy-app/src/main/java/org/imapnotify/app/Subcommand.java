package org.imapnotify.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands, in the order in which help lists them. Each is made, and its class loaded, only when it is asked for. */
enum Subcommand {
    RUN,
    CHECK,
    CHECK_CONFIG,
    WATCH,
    READY,
    SESSIONS,
    KICK,
    PAUSE,
    RESUME,
    TRACE,
    DRAIN,
    DEMO,
    REFERENCE;

    /** The one that these arguments begin with. */
    static Optional<Subcommand> of(String... args) {
        return Arrays.stream(values())
                .filter(command -> args.length > 0 && command.word().equals(args[0]))
                .findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Object create() {
        return switch (this) {
            case RUN -> new RunCommand();
            case CHECK -> new CheckCommand();
            case CHECK_CONFIG -> new CheckConfigCommand();
            case WATCH -> new WatchCommand();
            case READY -> new ReadyCommand();
            case SESSIONS -> new SessionsCommand();
            case KICK -> new KickCommand();
            case PAUSE -> new PauseCommand();
            case RESUME -> new ResumeCommand();
            case TRACE -> new TraceCommand();
            case DRAIN -> new DrainCommand();
            case DEMO -> new DemoCommand();
            case REFERENCE -> new ReferenceCommand();
        };
    }
}
