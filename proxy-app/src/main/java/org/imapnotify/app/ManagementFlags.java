package org.imapnotify.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the port for operators. */
@Section(value = "management", prefix = "management-", self = "address", about = "The port for operators.")
final class ManagementFlags {
    @Option(
            names = "--management",
            paramLabel = "HOST:PORT|off",
            description = "Where the status page, /metrics, /livez and /readyz are served. Default: "
                    + ManagementAddress.DEFAULT + ".")
    private @Nullable String management;

    @Option(
            names = "--" + ManagementToken.KEY,
            paramLabel = "FILE",
            description = "File whose first line lets operators command the proxy there (kick, drain, ...), or "
                    + ManagementToken.VARIABLE + " in the environment; without one nobody can.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--status-names",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Show the names of users and mailboxes on the status page.")
    private boolean statusNames;

    ManagementAddress address() {
        return ManagementAddress.parse(management, statusNames);
    }

    Optional<ManagementToken> token() {
        return ManagementToken.of(tokenFile, System.getenv());
    }
}
