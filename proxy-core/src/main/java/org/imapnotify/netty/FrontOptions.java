package org.imapnotify.netty;

/**
 * What is agreed with whoever connects, besides TLS.
 *
 * @param compress COMPRESS=DEFLATE (RFC 4978) is offered, whether the upstream has it or not
 * @param limits how many may come, and how often they may fail
 */
public record FrontOptions(boolean compress, ProxyHeaderOptions proxyHeader, LimitOptions limits) {
    public static final FrontOptions DEFAULT = new FrontOptions(true, ProxyHeaderOptions.OFF, LimitOptions.DEFAULT);
}
