package org.imapnotify.netty;

import java.time.Duration;

/**
 * What is done with several addresses of the upstream.
 *
 * @param backOff how long an address that could not be connected to is left alone while another works
 */
public record FailoverOptions(UpstreamOrder order, Duration backOff) {
    public static final FailoverOptions DEFAULT = new FailoverOptions(UpstreamOrder.FIRST, Duration.ofSeconds(30));

    public FailoverOptions {
        if (backOff.isZero() || backOff.isNegative()) {
            throw new InvalidOptionException("upstream-back-off", backOff, "a time above zero");
        }
    }
}
