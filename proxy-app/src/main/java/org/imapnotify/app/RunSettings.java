package org.imapnotify.app;

import java.util.Optional;
import java.util.function.Supplier;
import org.imapnotify.netty.DrainOptions;
import org.imapnotify.netty.ProxyOptions;

/**
 * What {@code run} was told.
 *
 * @param again reads the configuration again, for a reload
 */
record RunSettings(
        ProxyOptions options,
        UpstreamUrls upstream,
        ManagementAddress management,
        Optional<ManagementToken> token,
        DrainOptions drain,
        TraceOutput traces,
        Supplier<ProxyOptions> again) {}
