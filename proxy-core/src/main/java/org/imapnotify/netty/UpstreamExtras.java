package org.imapnotify.netty;

import java.util.Optional;
import org.imapnotify.upstream.QuirkChoice;

/**
 * What is agreed with the upstream, besides TLS.
 *
 * @param compress COMPRESS=DEFLATE (RFC 4978) is used where the upstream offers it, for sessions and watch connections
 * @param header connections begin with a PROXY header that names the client
 * @param identify the client is named by ID (RFC 2971) before the login, with Dovecot's keys
 * @param master logs watch connections in
 * @param quirks which rules are applied to it
 */
public record UpstreamExtras(
        boolean compress, UpstreamHeader header, boolean identify, Optional<MasterUser> master, QuirkChoice quirks) {
    public static final UpstreamExtras NONE =
            new UpstreamExtras(false, UpstreamHeader.OFF, false, Optional.empty(), QuirkChoice.AUTO);
}
