package org.imapnotify.netty;

import java.time.Instant;
import org.imapnotify.session.CloseCause;
import org.imapnotify.wire.CommandName;

/**
 * What the proxy tells of its work, in numbers. Called on event loops: an implementation must not block.
 * Every String comes from a small fixed vocabulary, named below, so that it can become a metric's label; no user, address or
 * mailbox of a client's is ever passed. Each method does nothing unless overridden.
 */
public interface Telemetry {
    Telemetry NONE = new Telemetry() {};

    /** A client connected; the listener is {@code imap} or {@code imaps}. */
    default void connectionOpened(String listener) {}

    /** The end of what {@link #connectionOpened} began, once for each. */
    default void connectionClosed(String listener, CloseCause cause) {}

    /**
     * A client was turned away before it counted as connected, as {@code draining}, for {@code limit-connections},
     * {@code limit-address} or its {@code proxy-header}.
     */
    default void connectionRejected(String reason) {}

    /** @param role {@code session} or {@code watch} */
    default void upstreamConnected(String role) {}

    /** The end of what {@link #upstreamConnected} began, once for each. */
    default void upstreamClosed(String role) {}

    default void upstreamConnectFailed(String role) {}

    /** Whether one of the configured addresses of an upstream, as {@code host:port}, answered when it was last tried. */
    default void upstreamAddress(String address, boolean up) {}

    /** So many more of the upstream's several addresses are left alone since they could not be connected to. */
    default void upstreamAddressesDown(int delta) {}

    /** From the attempt to the greeting. */
    default void upstreamConnectTime(String role, long nanos) {}

    /** @param mechanism {@code login} or a SASL mechanism's name; unknown ones are counted together */
    default void authentication(String mechanism, boolean success) {}

    /** From the command that logs in, or has tried to, to its answer; the client's part of the dialogue is in it. */
    default void authenticationTime(long nanos) {}

    /** A login has to wait, since others from the same address have failed. */
    default void loginDelayed() {}

    default void command(CommandName name) {}

    /** @param result {@code ok}, {@code no}, {@code bad} or {@code lost} when no answer came */
    default void commandDone(CommandName name, String result) {}

    /** A registration came into force (true) or ended (false) for one session. */
    default void notifySession(boolean on) {}

    /** @param event {@code status}, {@code list}, {@code exists}, {@code expunge}, {@code fetch}, {@code flags} */
    default void notifyEvent(String event) {}

    default void notifyOverflow() {}

    /** From the upstream's change being seen to the client's line being written. */
    default void notifyLatency(long nanos) {}

    default void watchers(int delta) {}

    /** @param kind {@code poll} or {@code idle} */
    default void watchConnections(String kind, int delta) {}

    default void watchRound(long nanos, int mailboxes) {}

    /** A watch connection had to be replaced. The kind is {@code poll} or {@code idle}. */
    default void watchRestart(String kind) {}

    /** So many more accounts are asked less often than configured because their upstream wanted less. */
    default void watchersSlowed(int delta) {}

    /** A budget is exhausted: a look at mailboxes is made later. */
    default void watchLookPostponed() {}

    /** So many more watch connections wait until others are closed. */
    default void watchConnectionsWaiting(int delta) {}

    /** A watch connection was wanted and there was no place for it. */
    default void watchConnectionRefused() {}

    /** How much longer than configured the intervals are at this upstream now; 1 when they are not. */
    default void watchStretch(Object upstream, int factor) {}

    /** So many more upstreams get less than is wanted: step {@code frequency}, {@code slots} or {@code overflow}; {@code none} is what all began with. */
    default void upstreamShedding(String step, int delta) {}

    /** The upstream asked a watch connection for less. The kind is {@code poll} or {@code idle}. */
    default void upstreamThrottle(String kind) {}

    /** Side {@code client} or {@code upstream}; direction {@code in} or {@code out}, seen from the proxy. */
    default void bytes(String side, String direction, long count) {}

    /** COMPRESS came into force on a connection. The side is {@code client}, {@code upstream} or {@code watch}. */
    default void compressed(String side) {}

    /** @param side {@code client} or {@code upstream} */
    default void parserError(String side) {}

    /** A listener's certificate was read, at start or again; the listener is {@code imap} or {@code imaps}. */
    default void certificate(String listener, Instant notAfter) {}

    /** @param version as the engine names it, such as {@code TLSv1.3}; empty when the handshake failed */
    default void tlsHandshake(String side, String version, boolean success) {}
}
