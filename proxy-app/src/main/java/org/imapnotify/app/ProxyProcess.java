package org.imapnotify.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.imapnotify.netty.DrainOptions;
import org.imapnotify.netty.ProxyServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy with its metrics and management port around it, from start to SIGTERM. */
final class ProxyProcess {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyProcess.class);
    /** What clients get to take their BYE and leave. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Beyond the grace, for event loops to end; then the process goes without them. */
    private static final Duration PATIENCE = GRACE.multipliedBy(2).plusSeconds(5);

    /** Enough for a BYE to reach who is waiting for it. */
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    /** How long an event loop may take to answer before the process counts as not alive. */
    private static final Duration ALIVE = Duration.ofSeconds(1);

    private static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(2);

    private final RunSettings settings;
    private final ProxyServer server;
    private final Optional<ManagementServer> management;
    private final Reloader reloader;
    private final Systemd systemd;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private ProxyProcess(
            RunSettings settings, ProxyServer server, Optional<ManagementServer> management, ReloadMeters meters) {
        this.settings = settings;
        this.server = server;
        this.management = management;
        this.reloader = new Reloader(settings.options(), settings.again(), server::reconfigure, meters);
        this.systemd = Systemd.of(System.getenv(), this::alive);
    }

    /** Opens the management port, then the proxy's; when one is taken neither stays open. */
    static ProxyProcess start(RunSettings settings) throws IOException {
        Metrics metrics = new Metrics();
        Optional<ManagementServer> management = bind(settings.management());
        ProxyServer server;
        try {
            server = ProxyServer.start(settings.options(), new MicrometerTelemetry(metrics.registry()));
        } catch (IOException | RuntimeException e) {
            management.ifPresent(ManagementServer::close);
            throw e;
        }
        ProxyProcess process =
                new ProxyProcess(settings, server, management, new ReloadMeters(new Meters(metrics.registry())));
        StatusReport status = new StatusReport(server, metrics.registry(), settings);
        management.ifPresent(port -> port.open(
                metrics.registry(),
                process::alive,
                () -> !server.draining(),
                status::json,
                new CommandEndpoint(settings.token(), new Commands(server, process::drain, settings.traces()).all())));
        // Before it is known to listen: whoever waits for that line may signal at once.
        process.hearSignals();
        process.logListening(settings.upstream());
        process.systemd.ready("listening");
        metrics.bindRuntime(server::draining, server::pendingTasks);
        return process;
    }

    private boolean alive() {
        return server.responsive(ALIVE);
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

    private void logListening(UpstreamUrls upstream) {
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

    /**
     * SIGTERM and SIGINT say BYE to the clients and exit with 0, where the JVM by itself would exit with 143; the second one ends
     * it at once. SIGHUP reads the configuration again.
     */
    private void hearSignals() {
        boolean heard = Signals.on("TERM", this::onStop) && Signals.on("INT", this::onStop);
        if (!heard) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::onStop, "shutdown"));
        }
        Signals.on("HUP", this::onReload);
    }

    /** Looks after the certificates' files until the process ends. */
    void awaitStop() throws InterruptedException {
        while (true) {
            Thread.sleep(CERTIFICATE_CHECK.toMillis());
            reloader.look();
        }
    }

    private void onReload() {
        systemd.reloading();
        reloader.reload();
        systemd.ready("listening");
    }

    private void onStop() {
        if (stopping.compareAndSet(false, true)) {
            systemd.stopping();
            LOGGER.atInfo().addKeyValue("sessions", server.sessions()).log("stopping");
            await(server.drain(settings.drain(), GRACE), settings.drain());
        } else {
            LOGGER.info("stopping at once");
            await(server.stop(AT_ONCE), new DrainOptions(Duration.ZERO, Duration.ZERO));
        }
        management.ifPresent(ManagementServer::close);
        Runtime.getRuntime().halt(0);
    }

    /** As SIGTERM, for who waits for an answer. */
    private void drain() {
        new Thread(this::onStop, "drain").start();
    }

    private static void await(Future<Void> stopped, DrainOptions drain) {
        Duration patience = PATIENCE.plus(drain.delay()).plus(drain.spread());
        try {
            stopped.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            LOGGER.info("stopped");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOGGER.atWarn().setCause(e).log("stopped the hard way");
        }
    }
}
