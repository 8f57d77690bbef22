package org.imapnotify.netty;

/** One upstream: connections to it, how much it is asked, and its accounts that are watched. */
record UpstreamService(
        UpstreamOptions options, UpstreamConnector connector, UpstreamLimits limits, Accounts accounts) {}
