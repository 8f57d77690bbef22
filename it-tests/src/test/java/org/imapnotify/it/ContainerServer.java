package org.imapnotify.it;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/**
 * A server in a container of host networking: it binds a free loopback port itself, so nothing of the machine's network
 * (bridge, address translation, port mapping) has to be there.
 */
final class ContainerServer implements LegacyServer {
    private static final Duration START = Duration.ofMinutes(2);
    private static final String CERTIFICATE = "/srv/certificate.pem";
    private static final String KEY = "/srv/key.pem";

    private final GenericContainer<?> container;
    private final int port;
    private final int tlsPort;

    private ContainerServer(GenericContainer<?> container, int port, int tlsPort) {
        this.container = container;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    static ContainerServer start(Variant variant, @Nullable Certificate certificate) {
        int port = LegacyServer.freePort();
        int tlsPort = certificate == null ? 0 : LegacyServer.freePort();
        GenericContainer<?> container = new GenericContainer<>(image(variant))
                .withNetworkMode("host")
                .withEnv("VARIANT", variant.flavour())
                .withEnv("PORT", Integer.toString(port))
                .waitingFor(new GreetingWait(port));
        if (certificate != null) {
            container
                    .withEnv("TLS_CERT", CERTIFICATE)
                    .withEnv("TLS_KEY", KEY)
                    .withEnv("TLS_PORT", Integer.toString(tlsPort))
                    .withCopyFileToContainer(MountableFile.forHostPath(certificate.chain(), 0644), CERTIFICATE)
                    .withCopyFileToContainer(MountableFile.forHostPath(certificate.key(), 0644), KEY);
        }
        container.start();
        return new ContainerServer(container, port, tlsPort);
    }

    /** Built once and kept by the engine: apt's work is in a layer that the next run finds again. */
    private static ImageFromDockerfile image(Variant variant) {
        String server = variant.server();
        ImageFromDockerfile image = new ImageFromDockerfile("imapnotify/it-" + server + ":latest", false)
                .withFileFromPath("Dockerfile", Folders.SERVERS.resolve(server + ".Dockerfile"))
                .withFileFromPath("common.sh", Folders.SERVERS.resolve("common.sh"))
                .withFileFromPath(server + ".sh", Folders.SERVERS.resolve(server + ".sh"))
                .withBuildImageCmdModifier(command -> command.withNetworkMode("host"))
                .withBuildArgs(base());
        return variant == Variant.GREENMAIL
                ? image.withFileFromPath("greenmail-standalone.jar", Folders.GREENMAIL_JAR)
                : image;
    }

    private static Map<String, String> base() {
        String base = System.getenv("IMAPNOTIFY_BASE_IMAGE");
        return base == null ? Map.of() : Map.of("BASE", base);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Mapped ports, which Testcontainers waits for by itself, do not exist on the host's network. */
    private static final class GreetingWait extends AbstractWaitStrategy {
        private final int port;

        GreetingWait(int port) {
            this.port = port;
        }

        @Override
        protected void waitUntilReady() {
            if (!Greeting.awaited(port, START, waitStrategyTarget::isRunning)) {
                throw new IllegalStateException("no greeting; its last words: " + waitStrategyTarget.getLogs());
            }
        }
    }
}
