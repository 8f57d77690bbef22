package org.imapnotify.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.ProxyServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy with its metrics and management port around it, from start to SIGTERM. */
final class ProxyProcess {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyProcess.class);
    /** What clients get to take their BYE and leave. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Beyond the grace, for event loops to end; then the process goes without them. */
    private static final Duration PATIENCE = GRACE.plusSeconds(5);

    private final ProxyServer server;
    private final Optional<ManagementServer> management;

    private ProxyProcess(ProxyServer server, Optional<ManagementServer> management) {
        this.server = server;
        this.management = management;
    }

    /** Opens the management port, then the proxy's; when one is taken neither stays open. */
    static ProxyProcess start(ProxyOptions options, UpstreamUrl upstream, ManagementAddress address)
            throws IOException {
        Metrics metrics = new Metrics();
        Optional<ManagementServer> management = bind(address);
        ProxyServer server;
        try {
            server = ProxyServer.start(options, new MicrometerTelemetry(metrics.registry()));
        } catch (IOException | RuntimeException e) {
            management.ifPresent(ManagementServer::close);
            throw e;
        }
        ProxyProcess process = new ProxyProcess(server, management);
        management.ifPresent(port -> port.open(metrics.registry(), () -> true, () -> !server.draining()));
        // Before it is known to listen: whoever waits for that line may signal at once.
        process.stopOnSignal();
        process.logListening(upstream);
        metrics.bindRuntime(server::draining);
        return process;
    }

    private static Optional<ManagementServer> bind(ManagementAddress address) throws IOException {
        if (address.address() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ManagementServer.bind(address.address()));
        } catch (IOException e) {
            if (address.asked()) {
                throw e;
            }
            LOGGER.atWarn().addKeyValue("cause", e.getMessage()).log("no management port");
            return Optional.empty();
        }
    }

    private void logListening(UpstreamUrl upstream) {
        String imap = server.imapAddresses().stream().map(HostAndPort::format).collect(Collectors.joining(","));
        LOGGER.atInfo()
                .addKeyValue("imap", imap)
                .addKeyValue(
                        "management",
                        management
                                .map(port -> HostAndPort.format(port.address()))
                                .orElse("off"))
                .addKeyValue("upstream", upstream)
                .addKeyValue("version", Version.current())
                .log("listening");
    }

    /** On SIGTERM and SIGINT: says BYE to the clients and exits with 0, where the JVM by itself would exit with 143. */
    private void stopOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "shutdown"));
    }

    void awaitStop() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private void stopAndHalt() {
        LOGGER.info("stopping");
        try {
            server.stop(GRACE).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            LOGGER.info("stopped");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOGGER.atWarn().setCause(e).log("stopped the hard way");
        }
        management.ifPresent(ManagementServer::close);
        Runtime.getRuntime().halt(0);
    }
}
