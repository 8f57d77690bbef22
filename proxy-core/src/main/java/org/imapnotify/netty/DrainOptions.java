package org.imapnotify.netty;

import java.time.Duration;

/**
 * How clients are sent away when the proxy ends.
 *
 * @param delay how long new clients are still taken, so that a load balancer can see that the proxy is not ready any more
 * @param spread over how long the BYEs are spread, so that the clients do not all come back to another proxy at once
 */
public record DrainOptions(Duration delay, Duration spread) {
    private static final Duration LONGEST = Duration.ofHours(1);

    // After the limit, which its construction reads.
    public static final DrainOptions DEFAULT = new DrainOptions(Duration.ZERO, Duration.ofSeconds(5));

    public DrainOptions {
        check("drain-delay", delay);
        check("drain-spread", spread);
    }

    private static void check(String key, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new InvalidOptionException(key, time, "a time from 0s to 1h");
        }
    }
}
