package org.imapnotify.netty;

/**
 * What is agreed with whoever connects, besides TLS.
 *
 * @param compress COMPRESS=DEFLATE (RFC 4978) is offered, whether the upstream has it or not
 */
public record FrontOptions(boolean compress, ProxyHeaderOptions proxyHeader) {
    public static final FrontOptions DEFAULT = new FrontOptions(true, ProxyHeaderOptions.OFF);
}
