package org.imapnotify.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imapnotify.netty.FailoverOptions;
import org.imapnotify.netty.MasterUser;
import org.imapnotify.netty.UpstreamExtras;
import org.imapnotify.netty.UpstreamHeader;
import org.imapnotify.netty.UpstreamOptions;
import org.imapnotify.netty.UpstreamOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the server behind the proxy. */
@Section(value = "upstream", prefix = "upstream-", self = "url", about = "The IMAP server behind the proxy.")
final class UpstreamFlags {
    @Option(
            names = "--upstream",
            required = true,
            split = ",",
            paramLabel = "URL",
            description = "The IMAP server: imap://HOST[:PORT][?tls=starttls] or imaps://HOST[:PORT]."
                    + " May be repeated for a server with several addresses.")
    private List<String> upstream = List.of();

    @Option(
            names = "--upstream-ca",
            paramLabel = "PEM",
            description = "Certificates to trust for the upstream besides the Java runtime's.")
    private @Nullable Path upstreamCa;

    @Option(
            names = "--upstream-compress",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Use COMPRESS=DEFLATE with an upstream that offers it: worth it over slow lines. Default: false.")
    private boolean compress = UpstreamExtras.NONE.compress();

    @Option(
            names = "--upstream-proxy-protocol",
            paramLabel = "off|v1|v2",
            description = "Begin connections to the upstream with a PROXY header that names the client. Default: off.")
    private UpstreamHeader header = UpstreamExtras.NONE.header();

    @Option(
            names = "--upstream-client-id",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Name the client to the upstream by ID with x-originating-ip, which Dovecot believes of its"
                    + " login_trusted_networks. Default: false.")
    private boolean identify = UpstreamExtras.NONE.identify();

    @Option(
            names = "--upstream-order",
            paramLabel = "first|round-robin",
            description = "Of several addresses: the first that works, or each in turn. Default: first.")
    private UpstreamOrder order = FailoverOptions.DEFAULT.order();

    @Option(
            names = "--upstream-back-off",
            paramLabel = "TIME",
            description = "Of several addresses: how long one that cannot be connected to is left alone. Default: 30s.")
    private @Nullable String backOff;

    @Option(
            names = "--quirks",
            paramLabel = "auto|off|RULE,...",
            description =
                    "What is done otherwise with servers that are known: by the rules that fit what the server says"
                            + " of itself, none, or these whatever it says (docs/quirks.md). Default: auto.")
    private String quirks = "auto";

    @Option(
            names = "--upstream-connect-timeout",
            paramLabel = "TIME",
            description = "How long a TCP connection to the upstream may take. Default: 10s.")
    private @Nullable String connectTimeout;

    @Option(
            names = "--upstream-greeting-timeout",
            paramLabel = "TIME",
            description = "How long the upstream may take over its greeting, and over each step between that and the"
                    + " client's greeting; of several addresses the next is tried then. Default: 30s.")
    private @Nullable String greetingTimeout;

    UpstreamUrls urls() {
        return UpstreamUrls.parse(upstream);
    }

    /** What is said of the upstream, for the server at these addresses. */
    UpstreamOptions options(UpstreamUrls urls, Optional<MasterUser> master) {
        return new UpstreamOptions(
                urls.addresses(),
                urls.tls(),
                Optional.ofNullable(upstreamCa),
                new UpstreamExtras(compress, header, identify, master).withQuirks(quirks),
                failover(),
                connectTimeout(),
                greetingTimeout());
    }

    private FailoverOptions failover() {
        return new FailoverOptions(
                order,
                backOff == null ? FailoverOptions.DEFAULT.backOff() : Durations.parse("upstream-back-off", backOff));
    }

    private Duration connectTimeout() {
        return connectTimeout == null
                ? UpstreamOptions.DEFAULT_CONNECT_TIMEOUT
                : Durations.parse("upstream-connect-timeout", connectTimeout);
    }

    private Duration greetingTimeout() {
        return greetingTimeout == null
                ? UpstreamOptions.DEFAULT_GREETING_TIMEOUT
                : Durations.parse("upstream-greeting-timeout", greetingTimeout);
    }
}
