package org.imapnotify.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code ready}: asks a proxy on this machine whether it takes clients; for containers, which have no curl. */
@Command(
        name = "ready",
        description = "Ask a running proxy's management port whether it takes clients; 0 when it does, else 1.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it takes clients", "1:it drains, or no proxy answers", "2:wrong usage"})
final class ReadyCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 2_000;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            defaultValue = "${IMAPNOTIFY_MANAGEMENT:-" + ManagementAddress.DEFAULT + "}",
            description = "Where. Default: " + ManagementAddress.DEFAULT + ", or what IMAPNOTIFY_MANAGEMENT says.")
    private @Nullable String management;

    @Override
    public Integer call() throws IOException {
        InetSocketAddress address = ManagementAddress.parse(management, false).address();
        if (address == null) {
            throw new IOException("there is no management port to ask");
        }
        String where = HostAndPort.format(address);
        URI uri = URI.create("http://" + where + "/readyz");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        int status;
        try {
            status = connection.getResponseCode();
        } catch (IOException e) {
            throw new IOException("no proxy answers at " + where + ": " + e.getMessage(), e);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the proxy at " + where + " is draining and takes no new clients");
        }
        return ExitCode.OK;
    }
}
