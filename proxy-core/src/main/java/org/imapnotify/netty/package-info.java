/**
 * The proxy on a network: listeners, pipelines, TLS, timers. The only package that knows Netty's channels, and the only one the
 * application sees; it knows no command line, metrics library or file format.
 */
@NullMarked
package org.imapnotify.netty;

import org.jspecify.annotations.NullMarked;
