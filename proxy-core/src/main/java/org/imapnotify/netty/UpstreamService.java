package org.imapnotify.netty;

/** One upstream: connections to it, and its accounts that are watched. */
record UpstreamService(UpstreamOptions options, UpstreamConnector connector, Accounts accounts) {}
