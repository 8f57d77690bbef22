package org.imapnotify.netty;

/**
 * What is agreed with the upstream, besides TLS.
 *
 * @param compress COMPRESS=DEFLATE (RFC 4978) is used where the upstream offers it, for sessions and watch connections
 */
public record UpstreamExtras(boolean compress) {
    public static final UpstreamExtras NONE = new UpstreamExtras(false);
}
