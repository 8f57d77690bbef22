package org.imapnotify.netty;

/**
 * What is agreed with the upstream, besides TLS.
 *
 * @param compress COMPRESS=DEFLATE (RFC 4978) is used where the upstream offers it, for sessions and watch connections
 * @param header connections begin with a PROXY header that names the client
 * @param identify the client is named by ID (RFC 2971) before the login, with Dovecot's keys
 */
public record UpstreamExtras(boolean compress, UpstreamHeader header, boolean identify) {
    public static final UpstreamExtras NONE = new UpstreamExtras(false, UpstreamHeader.OFF, false);
}
