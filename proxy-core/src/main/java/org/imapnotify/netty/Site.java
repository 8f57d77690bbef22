package org.imapnotify.netty;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client is given by the name that it asks for.
 *
 * @param tls absent where the listener speaks plain text alone
 */
record Site(UpstreamOptions upstream, @Nullable SslContext tls) {
    SslContext certificate() {
        if (tls == null) {
            throw new IllegalStateException("TLS on a listener without a certificate");
        }
        return tls;
    }
}
