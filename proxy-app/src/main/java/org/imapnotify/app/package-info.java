/**
 * What an operator touches: command line, configuration, logging, metrics and the management port. It knows the proxy only as
 * {@code org.imapnotify.netty} shows it, and nothing of IMAP.
 */
@NullMarked
package org.imapnotify.app;

import org.jspecify.annotations.NullMarked;
