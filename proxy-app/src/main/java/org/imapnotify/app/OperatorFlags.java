package org.imapnotify.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of commands to a proxy that runs. */
final class OperatorFlags {
    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            defaultValue = "${IMAPNOTIFY_MANAGEMENT:-" + ManagementAddress.DEFAULT + "}",
            description = "The proxy's management port. Default: " + ManagementAddress.DEFAULT
                    + ", or what IMAPNOTIFY_MANAGEMENT says.")
    private @Nullable String management;

    @Option(
            names = "--" + ManagementToken.KEY,
            paramLabel = "FILE",
            defaultValue = "${IMAPNOTIFY_MANAGEMENT_TOKEN_FILE}",
            description =
                    "The file that the proxy was given, too; or " + ManagementToken.VARIABLE + " in the environment.")
    private @Nullable Path tokenFile;

    OperatorClient client() {
        return client(System.getenv());
    }

    private OperatorClient client(Map<String, String> environment) {
        InetSocketAddress address = ManagementAddress.parse(management, false).address();
        if (address == null) {
            throw new InvalidOptionException("management", "off", "the HOST:PORT of a proxy's management port");
        }
        ManagementToken token = ManagementToken.of(tokenFile, environment)
                .orElseThrow(() -> new InvalidOptionException(
                        ManagementToken.KEY, "", "the file with the token that the proxy was given"));
        return new OperatorClient(address, token);
    }
}
