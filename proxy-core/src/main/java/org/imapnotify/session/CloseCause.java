package org.imapnotify.session;

/** Why a session ended: exactly one each, used for the log line and the metric alike. */
public enum CloseCause {
    /** The client said LOGOUT. */
    CLIENT_LOGOUT,
    /** The client closed its connection. */
    CLIENT_CLOSED,
    /** The upstream closed its connection. */
    UPSTREAM_CLOSED,
    /** The upstream said BYE on its own account. */
    UPSTREAM_BYE,
    /** No connection to the upstream could be had, or its greeting never came. */
    UPSTREAM_UNREACHABLE,
    /** The client broke the protocol. */
    CLIENT_PROTOCOL_ERROR,
    /** The upstream broke the protocol. */
    UPSTREAM_PROTOCOL_ERROR,
    /** A deadline passed. */
    TIMEOUT,
    /** The proxy is stopping. */
    SHUTDOWN,
    /** The operator sent the client away. */
    KICKED,
    /** There are too many clients that have not logged in, or this one has failed to too often. */
    LIMIT,
    /** A TLS handshake failed. */
    TLS_FAILURE,
    /** The proxy's own fault. */
    INTERNAL_ERROR
}
