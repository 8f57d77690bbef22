package org.imapnotify.netty;

/** Why a client's connection ended. Each has exactly one; log and metric use the same word. */
public enum CloseCause {
    CLIENT_LOGOUT,
    CLIENT_CLOSED,
    CLIENT_PROTOCOL_ERROR,
    UPSTREAM_CLOSED,
    UPSTREAM_BYE,
    UPSTREAM_UNREACHABLE,
    UPSTREAM_PROTOCOL_ERROR,
    TIMEOUT,
    TLS_FAILURE,
    SHUTDOWN,
    INTERNAL_ERROR
}
