package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A {@link Relay} that writes down what the proxy and its server say to each other. */
final class Wiretap implements AutoCloseable {
    /** One connection of the proxy. */
    static final class Wire {
        private final ByteArrayOutputStream fromProxy = new ByteArrayOutputStream();
        private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();

        private void heard(boolean byProxy, byte[] octets, int count) {
            (byProxy ? fromProxy : fromServer).write(octets, 0, count);
        }

        String fromProxy() {
            return fromProxy.toString(ISO_8859_1);
        }

        String fromServer() {
            return fromServer.toString(ISO_8859_1);
        }
    }

    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final Relay relay;

    Wiretap(int target) {
        relay = new Relay(target, this::wire);
    }

    private Relay.Ear wire() {
        Wire wire = new Wire();
        wires.add(wire);
        return wire::heard;
    }

    int port() {
        return relay.port();
    }

    /** How many connections the proxy has made so far. */
    int count() {
        return wires.size();
    }

    /** The first connection that was made after there were {@code count} and that began with these octets. */
    Wire after(int count, String beginning) {
        return wires.subList(count, wires.size()).stream()
                .filter(wire -> wire.fromProxy().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no connection of the proxy began with " + beginning));
    }

    /** Everything that the proxy has said so far, one connection after the other. */
    String fromProxy() {
        return wires.stream().map(Wire::fromProxy).collect(Collectors.joining());
    }

    @Override
    public void close() {
        relay.close();
    }
}
