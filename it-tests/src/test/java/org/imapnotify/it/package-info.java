/**
 * The proxy as a process of its own in front of real IMAP servers, spoken to over sockets. Knows the command line and
 * the wire, nothing of the proxy's classes.
 */
@NullMarked
package org.imapnotify.it;

import org.jspecify.annotations.NullMarked;
