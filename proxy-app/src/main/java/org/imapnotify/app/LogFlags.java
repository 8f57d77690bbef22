package org.imapnotify.app;

import ch.qos.logback.classic.Level;
import picocli.CommandLine.Option;

/** The flags of the log. */
@Section(value = "logging", prefix = "log-", about = "The log, on standard output.")
final class LogFlags {
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace. Default: info.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(names = "--log-format", paramLabel = "text|json", description = "Default: text.")
    private LogFormat logFormat = LogFormat.TEXT;

    void apply() {
        if (logFormat == LogFormat.JSON) {
            Logging.json();
        }
        Logging.level(Level.toLevel(logLevel.name()));
    }

    /** What {@code --log-format} takes. */
    enum LogFormat {
        TEXT,
        JSON
    }

    /** What {@code --log-level} takes. */
    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
