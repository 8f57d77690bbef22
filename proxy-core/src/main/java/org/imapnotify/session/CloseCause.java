package org.imapnotify.session;

/** Why a session ended: exactly one each, used for the log line and the metric alike. */
public enum CloseCause {
    /** The client said LOGOUT. */
    CLIENT_LOGOUT(Side.CLIENT),
    /** The client closed its connection. */
    CLIENT_CLOSED(Side.CLIENT),
    /** The upstream closed its connection. */
    UPSTREAM_CLOSED(Side.UPSTREAM),
    /** The upstream said BYE on its own account. */
    UPSTREAM_BYE(Side.UPSTREAM),
    /** No connection to the upstream could be had, or its greeting never came. */
    UPSTREAM_UNREACHABLE(Side.UPSTREAM),
    /** The upstream owed an answer for too long. */
    UPSTREAM_SILENT(Side.UPSTREAM),
    /** The client broke the protocol. */
    CLIENT_PROTOCOL_ERROR(Side.CLIENT),
    /** The upstream broke the protocol. */
    UPSTREAM_PROTOCOL_ERROR(Side.UPSTREAM),
    /** The client did not log in for too long. */
    TIMEOUT(Side.CLIENT),
    /** The proxy is stopping. */
    SHUTDOWN(Side.PROXY),
    /** The operator sent the client away. */
    KICKED(Side.PROXY),
    /** There are too many clients that have not logged in, or this one has failed to too often. */
    LIMIT(Side.CLIENT),
    /** A TLS handshake with the client failed. */
    TLS_FAILURE(Side.CLIENT),
    /** The proxy's own fault. */
    INTERNAL_ERROR(Side.PROXY);

    /** Who ended a session. */
    public enum Side {
        CLIENT,
        UPSTREAM,
        PROXY
    }

    private final Side side;

    CloseCause(Side side) {
        this.side = side;
    }

    public Side side() {
        return side;
    }

    /** The upstream is at fault: somebody should look at it. */
    public boolean isUpstreamFault() {
        return this == UPSTREAM_UNREACHABLE || this == UPSTREAM_SILENT || this == UPSTREAM_PROTOCOL_ERROR;
    }
}
