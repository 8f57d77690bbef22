package org.imapnotify.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.ListenerOptions;
import org.imapnotify.netty.ProxyOptions;
import org.imapnotify.netty.SiteOptions;
import org.imapnotify.netty.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParameterException;

/** Takes a changed configuration or certificate into a proxy that runs. What cannot be used changes nothing. */
final class Reloader {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reloader.class);

    private final Supplier<ProxyOptions> again;
    private final Consumer<ProxyOptions> server;
    private final ReloadMeters meters;
    private final FileStamps certificates = new FileStamps();
    private ProxyOptions running;

    /** @param server puts options in force or throws {@link InvalidOptionException} */
    Reloader(ProxyOptions running, Supplier<ProxyOptions> again, Consumer<ProxyOptions> server, ReloadMeters meters) {
        this.running = running;
        this.again = again;
        this.server = server;
        this.meters = meters;
        certificates.changed(files(running));
    }

    /** SIGHUP: everything is read again. */
    synchronized void reload() {
        apply(again, "configuration");
    }

    /** Looks whether a certificate's files are others than when they were last read; then they are read again. */
    synchronized void look() {
        if (certificates.changed(files(running))) {
            ProxyOptions same = running;
            apply(() -> same, "certificate");
        }
    }

    private void apply(Supplier<ProxyOptions> source, String what) {
        try {
            ProxyOptions fresh = source.get();
            certificates.changed(files(fresh));
            server.accept(fresh);
            running = fresh;
            meters.succeeded();
            LOGGER.info("{} reloaded", what);
        } catch (InvalidOptionException | ParameterException refused) {
            meters.failed();
            LOGGER.error("{} not reloaded, nothing has changed: {}", what, refused.getMessage());
        }
    }

    private static List<Path> files(ProxyOptions options) {
        return Stream.concat(
                        options.listeners().stream().map(ListenerOptions::certificate),
                        options.sites().stream().map(SiteOptions::certificate))
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(Reloader::both)
                .toList();
    }

    private static Stream<Path> both(TlsFiles files) {
        return Stream.of(files.certificateChainPem(), files.privateKeyPem());
    }
}
