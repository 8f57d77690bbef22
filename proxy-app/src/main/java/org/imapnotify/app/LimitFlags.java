package org.imapnotify.app;

import java.time.Duration;
import java.util.List;
import org.imapnotify.netty.LimitOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of what keeps single clients from being all that is served. */
@Section(value = "limits", prefix = "limit-", about = "How many clients may come, and how often they may fail.")
final class LimitFlags {
    @Option(
            names = "--limit-connections",
            paramLabel = "N",
            description = "Clients at a time; one more gets BYE [UNAVAILABLE]. 0 is no limit. Default: 0.")
    private int connections = LimitOptions.DEFAULT.connections();

    @Option(
            names = "--limit-connections-per-address",
            paramLabel = "N",
            description =
                    "Clients at a time from one address; one more gets BYE [LIMIT]. Behind a load balancer this needs"
                            + " --proxy-protocol. 0 is no limit. Default: 0.")
    private int perAddress = LimitOptions.DEFAULT.perAddress();

    @Option(
            names = "--limit-before-login",
            paramLabel = "N",
            description =
                    "Clients at a time that have not logged in; a new one takes the place of the oldest, which gets"
                            + " BYE [UNAVAILABLE]. 0 is no limit. Default: 1000.")
    private int beforeLogin = LimitOptions.DEFAULT.beforeLogin();

    @Option(
            names = "--limit-ipv4-prefix",
            paramLabel = "BITS",
            description = "So many bits of an IPv4 address are one address to these limits. Default: 32.")
    private int ipv4Prefix = LimitOptions.DEFAULT.ipv4Prefix();

    @Option(
            names = "--limit-ipv6-prefix",
            paramLabel = "BITS",
            description = "The same of IPv6, where one customer has a network. Default: 64.")
    private int ipv6Prefix = LimitOptions.DEFAULT.ipv6Prefix();

    @Option(
            names = "--limit-exempt",
            split = ",",
            paramLabel = "NETWORK",
            description = "Networks, such as a webmail's, to which only --limit-connections applies."
                    + " Default: 127.0.0.0/8,::1.")
    private List<String> exempt = LimitOptions.DEFAULT.exempt();

    @Option(
            names = "--limit-login-delay",
            paramLabel = "TIME",
            description =
                    "After failed logins the next ones from their address wait 2, 4, 8 seconds and so on, for a minute"
                            + " from the last; this is the most. The same wrong password again does not count. 0s: no delay."
                            + " Default: 15s.")
    private @Nullable String loginDelay;

    LimitOptions options() {
        Duration delay = loginDelay == null
                ? LimitOptions.DEFAULT.loginDelay()
                : Durations.parse("limit-login-delay", loginDelay);
        return new LimitOptions(connections, perAddress, beforeLogin, ipv4Prefix, ipv6Prefix, exempt, delay);
    }
}
