package org.imapnotify.netty;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.imapnotify.upstream.QuirkChoice;
import org.imapnotify.upstream.QuirkRule;

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
    public static final UpstreamExtras NONE = new UpstreamExtras(false, UpstreamHeader.OFF, false, Optional.empty());

    private static final String EXPECTED = "auto, off, or rules: "
            + Arrays.stream(QuirkRule.values()).map(QuirkRule::key).collect(Collectors.joining(", "));

    /** With the rules that fit. */
    public UpstreamExtras(boolean compress, UpstreamHeader header, boolean identify, Optional<MasterUser> master) {
        this(compress, header, identify, master, QuirkChoice.AUTO);
    }

    /** @param words {@code auto}, {@code off}, or keys of rules with commas between */
    public UpstreamExtras withQuirks(String words) {
        QuirkChoice choice =
                QuirkChoice.parse(words).orElseThrow(() -> new InvalidOptionException("quirks", words, EXPECTED));
        return new UpstreamExtras(compress, header, identify, master, choice);
    }
}
